package org.tacvault.server.openapi;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.Locale;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.tacvault.engine.Version;
import org.tacvault.server.error.ErrorBody;
import org.tacvault.server.security.OpenRoutes;

/**
 * The document at {@code /openapi.json}: what the controllers say, and what is true of all of them:
 * the three ways to show who one is, and the form of errors.
 */
@Configuration(proxyBeanMethods = false)
class ApiDocument {
  private static final String SESSION = "session";
  private static final String TOKEN = "token";
  private static final String BEARER = "bearer";
  private static final String ERROR = "ErrorBody";

  @Bean
  OpenAPI description() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Tacvault")
                .version(Version.current())
                .description(
                    "Backs up and restores a TACACS+ server. Log in at /admin/login for a session,"
                        + " or show the API token; each alone is enough.")
                .license(
                    new License()
                        .name("Apache-2.0")
                        .url("https://www.apache.org/licenses/LICENSE-2.0")))
        .components(
            new Components()
                .addSecuritySchemes(SESSION, inHeaderOrCookie("cookie", "admin_session"))
                .addSecuritySchemes(TOKEN, inHeaderOrCookie("header", "X-API-Token"))
                .addSecuritySchemes(
                    BEARER, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme(BEARER)));
  }

  /** Fields as they are sent. */
  @Bean
  ModelResolver modelResolver(ObjectMapperProvider mappers) {
    return new RecordModels(mappers.jsonMapper());
  }

  @Bean
  GlobalOpenApiCustomizer commonParts() {
    return document -> {
      Components components = document.getComponents();
      ModelConverters.getInstance(true)
          .readAll(ErrorBody.class)
          .forEach((name, schema) -> components.addSchemas(name, schema));
      // Where the container sends failures; nobody asks for it.
      document.getPaths().remove("/error");
      document.getPaths().forEach(ApiDocument::complete);
    };
  }

  private static void complete(String path, PathItem item) {
    item.readOperations().forEach(operation -> complete(path, operation));
  }

  private static void complete(String path, Operation operation) {
    operation.setTags(
        operation.getTags().stream().map(tag -> tag.replace("-controller", "")).toList());
    if (!OpenRoutes.include(path)) {
      operation.setSecurity(
          List.of(
              new SecurityRequirement().addList(SESSION),
              new SecurityRequirement().addList(TOKEN),
              new SecurityRequirement().addList(BEARER)));
      operation.getResponses().addApiResponse("401", error("Neither a session nor the token"));
    }
    operation.getResponses().addApiResponse("default", error("What went wrong"));
  }

  private static ApiResponse error(String description) {
    return new ApiResponse()
        .description(description)
        .content(
            new Content()
                .addMediaType(
                    org.springframework.http.MediaType.APPLICATION_JSON_VALUE,
                    new MediaType().schema(new Schema<>().$ref(ERROR))));
  }

  private static SecurityScheme inHeaderOrCookie(String place, String name) {
    return new SecurityScheme()
        .type(SecurityScheme.Type.APIKEY)
        .in(SecurityScheme.In.valueOf(place.toUpperCase(Locale.ROOT)))
        .name(name);
  }
}
