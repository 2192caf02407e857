package io.mcprouter.console;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Says what is wrong with a request that cannot be read, and quotes nothing of its values. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE) // before Spring's own, which says less
public final class UnreadableRequests {
  @ExceptionHandler
  ProblemDetail body(HttpMessageNotReadableException unreadable) {
    return problem(
        switch (unreadable.getCause()) {
          case UnrecognizedPropertyException unknown ->
              "The body has a field '"
                  + unknown.getPropertyName()
                  + "', which this request does not know; it knows "
                  + unknown.getKnownPropertyIds();
          case MismatchedInputException other ->
              "The body is not of the form that this request takes; see docs/reference/api.md";
          case JacksonException broken -> "The body is no JSON";
          case null, default -> "The body is missing, or no JSON";
        });
  }

  @ExceptionHandler
  ProblemDetail parameters(BindException wrong) {
    FieldError field = wrong.getFieldError();
    return field == null
        ? problem("The parameters cannot be read")
        : problem(field.getField() + ": " + form(wrong.getFieldType(field.getField())));
  }

  @ExceptionHandler
  ProblemDetail parameter(MethodArgumentTypeMismatchException wrong) {
    return problem(wrong.getName() + ": " + form(wrong.getRequiredType()));
  }

  private static String form(@Nullable Class<?> type) {
    if (type == Instant.class) {
      return "write a time as 2026-01-01T00:00:00Z";
    }
    return type == int.class ? "must be a whole number" : "cannot be read";
  }

  private static ProblemDetail problem(String detail) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail + ".");
  }
}
