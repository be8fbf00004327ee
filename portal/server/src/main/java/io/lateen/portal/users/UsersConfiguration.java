package io.lateen.portal.users;

import io.lateen.portal.account.Accounts;
import io.lateen.portal.account.FirstAdministrator;
import io.lateen.portal.account.Passwords;
import io.lateen.portal.audit.AuditLog;
import io.lateen.portal.session.Sessions;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the administrators' API of users. */
@Configuration(proxyBeanMethods = false)
public class UsersConfiguration {

    @Bean
    UsersController usersController(
            Accounts accounts,
            Passwords passwords,
            FirstAdministrator first,
            Sessions sessions,
            AuditLog audit,
            SecureRandom random,
            Clock clock) {
        return new UsersController(
                new UsersController.LocalUsers(accounts, passwords, first),
                sessions,
                audit,
                random,
                clock);
    }
}
