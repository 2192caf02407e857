// What a user does with a link: opens it in a browser that keeps cookies by origin and follows redirects, and presses the
// button of the first form. Nothing here knows OAuth; the router's own page and the authorization server lead the way.
const MOST_HOPS = 12;

export class Human {
  #cookies = new Map();

  async open(link) {
    let next = { url: new URL(link) };
    let pressed = false;
    for (let hop = 0; hop < MOST_HOPS; hop++) {
      const answer = await this.#send(next);
      const location = answer.headers.get('location');
      const form = location || pressed ? undefined : firstForm(await answer.text());
      if (location) {
        next = { url: new URL(location, next.url), body: answer.status >= 307 ? next.body : undefined };
      } else if (form) {
        pressed = true;
        next = { url: new URL(form.action || next.url, next.url), body: form.body };
      } else {
        return answer.status;
      }
    }
    throw new Error(`too many redirects from ${link}`);
  }

  async #send({ url, body }) {
    const jar = this.#cookies.get(url.origin) ?? new Map();
    const headers = jar.size > 0 ? { cookie: [...jar].map((pair) => pair.join('=')).join('; ') } : {};
    if (body !== undefined) Object.assign(headers, { origin: url.origin, 'content-type': 'application/x-www-form-urlencoded' });
    const method = body === undefined ? 'GET' : 'POST';
    const answer = await fetch(url, { method, body, headers, redirect: 'manual' });
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair] = cookie.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    this.#cookies.set(url.origin, jar);
    return answer;
  }
}

function firstForm(page) {
  const [form] = page.match(/<form\b[^>]*>[\s\S]*?<\/form>/i) ?? [];
  if (!form) return undefined;
  const attribute = (tag, name) => tag.match(new RegExp(`\\b${name}="([^"]*)"`, 'i'))?.[1].replaceAll('&amp;', '&');
  const fields = [...form.matchAll(/<(?:input|button)\b[^>]*>/gi)].map(([tag]) => [attribute(tag, 'name'), attribute(tag, 'value') ?? '']);
  return { action: attribute(form, 'action'), body: new URLSearchParams(fields.filter(([name]) => name)).toString() };
}
