package io.mcprouter.transport.spi;

import java.time.Instant;

/** A server inside this very process: there is nothing to connect to, and nothing to prove. */
public record InProcessTarget() implements ConnectionTarget {
  @Override
  public String digest() {
    return "";
  }

  @Override
  public boolean isPersonal() {
    return false;
  }

  @Override
  public Instant expires() {
    return Instant.MAX;
  }
}
