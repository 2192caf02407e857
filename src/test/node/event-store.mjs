// What a streamable HTTP server keeps so that a client can resume a broken event stream: the latest events of a session.
const KEPT = 256;

export class EventStore {
  #events = new Map();
  #next = 1;

  async storeEvent(streamId, message) {
    const eventId = `${streamId}/${this.#next++}`;
    this.#events.set(eventId, { streamId, message });
    if (this.#events.size > KEPT) this.#events.delete(this.#events.keys().next().value);
    return eventId;
  }

  async getStreamIdForEventId(eventId) {
    return this.#events.get(eventId)?.streamId;
  }

  async replayEventsAfter(lastEventId, { send }) {
    const streamId = await this.getStreamIdForEventId(lastEventId);
    let seen = false;
    for (const [eventId, event] of this.#events) {
      // a priming event has an empty message and is not worth repeating
      if (seen && event.streamId === streamId && event.message.jsonrpc) await send(eventId, event.message);
      seen ||= eventId === lastEventId;
    }
    return streamId;
  }
}
