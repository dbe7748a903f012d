package org.tacvault.server.error;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;

/** Answers every failure with its status and an {@link ErrorBody}; never with a stack trace. */
@RestControllerAdvice
class ApiErrors {
  private static final Logger LOG = LoggerFactory.getLogger(ApiErrors.class);
  private static final String QUERY = "query";
  private static final String BODY = "body";

  @ExceptionHandler
  ResponseEntity<ErrorBody> engine(EngineException failure) {
    HttpStatus status = ErrorStatus.of(failure.kind());
    ErrorBody body = ErrorBody.of(status, failure);
    return failure.kind() == ErrorKind.FAILED
        ? answer(status, body.withReference(logged(failure)))
        : answer(status, body);
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody> refused(ApiException refusal) {
    return answer(refusal.status(), refusal.body());
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody> notValid(ViolationException refusal) {
    return notValid(refusal.violations());
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody> unreadable(HttpMessageNotReadableException failure) {
    return BodyTooLargeException.isBehind(failure)
        ? tooLarge(failure)
        : notValid(List.of(JsonProblems.of(failure.getCause())));
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody> body(MethodArgumentNotValidException failure) {
    return notValid(failure.getFieldErrors().stream().map(ConstraintProblems::of).toList());
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody> parameters(HandlerMethodValidationException failure) {
    List<Violation> violations = new ArrayList<>();
    for (ParameterValidationResult result : failure.getParameterValidationResults()) {
      String name =
          ConstraintProblems.snakeCase(
              String.valueOf(result.getMethodParameter().getParameterName()));
      result
          .getResolvableErrors()
          .forEach(
              error ->
                  violations.add(
                      error instanceof FieldError field
                          ? ConstraintProblems.of(field)
                          : ConstraintProblems.of(error, QUERY, name, result.getArgument())));
    }
    return notValid(violations);
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody> missing(
      MissingServletRequestParameterException failure, HttpServletRequest request) {
    String type = String.valueOf(request.getContentType());
    boolean isForm = type.startsWith("multipart/") || type.startsWith("application/x-www-form");
    return notValid(List.of(Violation.missing(isForm ? BODY : QUERY, failure.getParameterName())));
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody> missing(MissingServletRequestPartException failure) {
    return notValid(List.of(Violation.missing(BODY, failure.getRequestPartName())));
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody> mismatch(MethodArgumentTypeMismatchException failure) {
    JsonProblems.ExpectedType expected =
        JsonProblems.ExpectedType.of(failure.getRequiredType(), true);
    Object shown = Input.shown(failure.getName(), failure.getValue());
    return notValid(
        List.of(
            new Violation(
                expected.type(), List.of(QUERY, failure.getName()), expected.msg(), shown)));
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody> tooLarge(MaxUploadSizeExceededException failure) {
    return tooLarge((Exception) failure);
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody> multipart(MultipartException failure) {
    if (NestedExceptionUtils.getMostSpecificCause(failure) instanceof IOException disk) {
      EngineException known = IoFailures.of("receive", "upload", disk);
      if (known.kind() == ErrorKind.NO_SPACE) {
        return engine(known);
      }
    }
    HttpStatus status = HttpStatus.BAD_REQUEST;
    return answer(status, ErrorBody.of(status, "the form cannot be read: it is cut off or broken"));
  }

  /** The client has gone: there is nobody to answer. */
  @ExceptionHandler
  void gone(AsyncRequestNotUsableException failure) {
    LOG.debug("a client went away", failure);
  }

  /** What Spring refuses itself (no such route, method, media type), and what nobody expected. */
  @ExceptionHandler
  ResponseEntity<ErrorBody> other(Exception failure) {
    if (BodyTooLargeException.isBehind(failure)) {
      return tooLarge(failure);
    }
    if (failure instanceof ErrorResponse known && !known.getStatusCode().is5xxServerError()) {
      return answer(
          known.getStatusCode(),
          known.getHeaders(),
          ErrorBody.of(known.getStatusCode(), Phrases.of(known.getStatusCode())));
    }
    HttpStatus status = HttpStatus.INTERNAL_SERVER_ERROR;
    ErrorBody body = ErrorBody.of(status, "an unexpected error; the log says more");
    return answer(status, body.withReference(logged(failure)));
  }

  private static ResponseEntity<ErrorBody> tooLarge(Exception failure) {
    HttpStatus status = HttpStatus.CONTENT_TOO_LARGE;
    return answer(status, ErrorBody.of(status, "the request is larger than allowed"));
  }

  private static ResponseEntity<ErrorBody> notValid(List<Violation> violations) {
    HttpStatus status = HttpStatus.UNPROCESSABLE_CONTENT;
    return answer(status, ErrorBody.of(status, violations));
  }

  private static ResponseEntity<ErrorBody> answer(HttpStatusCode status, ErrorBody body) {
    return answer(status, HttpHeaders.EMPTY, body);
  }

  private static ResponseEntity<ErrorBody> answer(
      HttpStatusCode status, HttpHeaders headers, ErrorBody body) {
    return ResponseEntity.status(status)
        .headers(headers)
        .contentType(MediaType.APPLICATION_JSON)
        .body(body);
  }

  private static String logged(Exception failure) {
    String reference = UUID.randomUUID().toString();
    LOG.error("Unexpected failure {}", reference, failure);
    return reference;
  }
}
