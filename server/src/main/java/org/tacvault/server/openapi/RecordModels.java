package org.tacvault.server.openapi;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes records as they are sent: with fields in snake case, and null where a component may be.
 * The library that makes the document reads classes with another version of Jackson than the one
 * that writes the answers, and knows nothing of JSpecify.
 */
// The library itself hands out raw types.
@SuppressWarnings("rawtypes")
final class RecordModels extends ModelResolver {
  private static final String NULL = "null";
  private static final String REFERENCE = "#/components/schemas/";

  RecordModels(ObjectMapper mapper) {
    super(mapper.copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
    openapi31(true);
  }

  @Override
  public Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> next) {
    Schema<?> schema = super.resolve(type, context, next);
    if (schema != null && type.getType() != null) {
      JavaType java = _mapper.constructType(type.getType());
      if (java.getRawClass().isRecord()) {
        markNullable(java.getRawClass(), model(schema, context));
      }
    }
    return schema;
  }

  private static Schema<?> model(Schema<?> schema, ModelConverterContext context) {
    String reference = schema.get$ref();
    Schema<?> named =
        reference == null
            ? null
            : context.getDefinedModels().get(reference.substring(REFERENCE.length()));
    return named == null ? schema : named;
  }

  private static void markNullable(Class<?> type, Schema<?> model) {
    Map<String, Schema> properties = model.getProperties();
    if (properties == null) {
      return;
    }
    for (RecordComponent component : type.getRecordComponents()) {
      String name = SnakeCaseStrategy.INSTANCE.translate(component.getName());
      if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)
          && properties.containsKey(name)) {
        properties.put(name, nullable(properties.get(name)));
      }
    }
  }

  private static Schema<?> nullable(Schema<?> schema) {
    if (schema.get$ref() != null) {
      return new Schema<>().anyOf(List.of(schema, new Schema<>().types(Set.of(NULL))));
    }
    if (schema.getTypes() != null && !schema.getTypes().contains(NULL)) {
      Set<String> types = new LinkedHashSet<>(schema.getTypes());
      types.add(NULL);
      schema.setTypes(types);
    }
    return schema;
  }
}
