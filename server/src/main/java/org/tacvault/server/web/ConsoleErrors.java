package org.tacvault.server.web;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;
import org.tacvault.server.error.ErrorAnswer;

/** Shows what could not be done as a page, where no form shows it beside its fields. */
@ControllerAdvice(basePackageClasses = ConsoleErrors.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ConsoleErrors {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleErrors.class);

  @ExceptionHandler
  ModelAndView any(Exception failure) {
    if (failure instanceof RuntimeException runtime && ErrorAnswer.known(runtime).isPresent()) {
      return page(Problem.of(runtime));
    }
    if (failure instanceof MethodArgumentTypeMismatchException mismatch) {
      String said = mismatch.getName() + " has a value that it cannot have.";
      return page(new Problem(HttpStatus.BAD_REQUEST, said, "Follow the links of the pages."));
    }
    if (failure instanceof ErrorResponse known && !known.getStatusCode().is5xxServerError()) {
      return page(new Problem(status(known.getStatusCode()), said(known), null));
    }
    String reference = UUID.randomUUID().toString();
    LOG.error("Unexpected failure {}", reference, failure);
    return page(
        new Problem(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "An unexpected error.",
            "The log says more; look for " + reference));
  }

  /** Names the parameter that is missing, for example. */
  private static String said(ErrorResponse known) {
    String detail = known.getBody().getDetail();
    return detail == null ? "This request is not valid." : detail;
  }

  private static ModelAndView page(Problem problem) {
    ModelAndView page = new ModelAndView("error");
    page.addObject("problem", problem);
    page.setStatus(problem.status());
    return page;
  }

  private static HttpStatus status(HttpStatusCode code) {
    HttpStatus known = HttpStatus.resolve(code.value());
    return known == null ? HttpStatus.BAD_REQUEST : known;
  }
}
