package org.tacvault.cli;

import java.util.Arrays;
import org.tacvault.server.security.NewAdministrator;

/** The one time that a password is shown: there is no other way to learn it. */
final class NewAdministratorNote {
  private NewAdministratorNote() {}

  static void show(CommandContext context, NewAdministrator made) {
    char[] password = made.password().reveal();
    context
        .console()
        .insist(
            """
            No administrator was configured. Log in with this password; it is shown only once:

                name      %s
                password  %s

            Set another one with: tacvault admin set-password"""
                .formatted(made.username(), new String(password)));
    Arrays.fill(password, '\0');
  }
}
