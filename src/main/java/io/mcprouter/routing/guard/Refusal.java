package io.mcprouter.routing.guard;

import org.apache.camel.Exchange;

/** What callers are told who call too much: the guardrail {@code rate-limit}. */
public final class Refusal {
  private String guardrail = "";
  private String text = "";

  /** The template's name. */
  public void setGuardrail(String name) {
    guardrail = name;
  }

  /** What is told; it says when to try again. */
  public void setText(String told) {
    text = told;
  }

  /** Answers the call. */
  public void refuse(Exchange exchange) {
    Answers.refuse(exchange, guardrail, text);
  }
}
