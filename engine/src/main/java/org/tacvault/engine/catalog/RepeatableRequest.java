package org.tacvault.engine.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A request that may be sent again, and what became of it the first time.
 *
 * @param key whose key it is, and which; a hash
 * @param request what was asked for; a hash
 * @param executionId what it started; null when it did not get so far, or not yet
 * @param status of its answer; null while there is none
 * @param answer as it was sent
 */
public record RepeatableRequest(
    String key,
    String request,
    @Nullable String executionId,
    @Nullable Integer status,
    @Nullable String answer) {}
