package io.mcprouter.demo;

/** Tells a client how far its call is (utilities, progress). */
@FunctionalInterface
interface Progress {
  void report(long done, long total, String message);
}
