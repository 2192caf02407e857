package io.mcprouter.integration.server;

import org.apache.camel.AsyncCallback;

/**
 * A step of a route while its own thread is in it. It has left when the step says that it is done,
 * or when the thread comes back from it, whichever is first.
 */
final class Step implements AsyncCallback {
  private final RunningCall call;
  private final String routeId;
  private final String id;
  private final AsyncCallback callback;
  private final Thread thread = Thread.currentThread();

  /** Written under the call's lock while the step is under way. */
  private volatile boolean interrupted;

  Step(RunningCall call, String routeId, String id, AsyncCallback callback) {
    this.call = call;
    this.routeId = routeId;
    this.id = id;
    this.callback = callback;
  }

  String routeId() {
    return routeId;
  }

  String id() {
    return id;
  }

  Thread thread() {
    return thread;
  }

  /** To be called under the lock under which steps leave, so that the thread is still in it. */
  void interrupt() {
    interrupted = true;
    thread.interrupt();
  }

  @Override
  public void done(boolean sync) {
    leave();
    callback.done(sync);
  }

  /** The thread goes on to other work, which no interruption of ours concerns. */
  void leave() {
    call.left(this);
    if (interrupted && Thread.currentThread() == thread) {
      Thread.interrupted();
    }
  }
}
