package org.tacvault.server.security;

import org.tacvault.engine.secret.Secret;

/** The account that a first start makes: to be shown once, since only the hash is kept. */
public record NewAdministrator(String username, Secret password) {}
