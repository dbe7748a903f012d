/**
 * Who may do what: the administrator's password, sessions and the API token, what slows guessing
 * down, what keeps other web sites out, and the headers that browsers obey.
 */
@NullMarked
package org.tacvault.server.security;

import org.jspecify.annotations.NullMarked;
