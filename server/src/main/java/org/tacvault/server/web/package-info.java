/**
 * The console: server-rendered pages over the same services as the API. Nobody else knows it; what
 * a page changes is asked for and recorded as the API's changes are.
 */
@NullMarked
package org.tacvault.server.web;

import org.jspecify.annotations.NullMarked;
