/** What is known of a request beside its content: its correlation id, and notes for the audit. */
@NullMarked
package org.tacvault.server.request;

import org.jspecify.annotations.NullMarked;
