package org.tacvault.server.security;

import jakarta.servlet.DispatcherType;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.XXssProtectionHeaderWriter.HeaderValue;
import org.tacvault.server.ServerOptions;

/** The rules in one place: what is open, what is not, and what every answer tells browsers. */
@Configuration(proxyBeanMethods = false)
class SecurityRules {

  @Bean
  AdminCredentials adminCredentials(ServerOptions options, InstantSource clock) {
    return new AdminCredentials(options.home(), options.environment(), clock);
  }

  @Bean
  AdminSessions adminSessions(AdminCredentials credentials, InstantSource clock) {
    return new AdminSessions(credentials, clock);
  }

  @Bean
  Login login(AdminCredentials credentials, AdminSessions sessions, InstantSource clock) {
    return new Login(credentials, sessions, new LoginThrottle(clock));
  }

  /** Made by the rules alone: as a bean it would also run for itself, before them. */
  private static CallerFilter caller(
      AdminSessions sessions, Refusals refusals, ServerOptions options, InstantSource clock) {
    return new CallerFilter(sessions, ApiToken.from(options.environment()), refusals, clock);
  }

  @Bean
  SecurityFilterChain rules(
      HttpSecurity http,
      AdminSessions sessions,
      Refusals refusals,
      ServerOptions options,
      InstantSource clock) {
    return http.addFilterBefore(
            caller(sessions, refusals, options, clock), AnonymousAuthenticationFilter.class)
        .addFilterAfter(new CrossSiteFilter(refusals), CallerFilter.class)
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(
                        DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                    .permitAll()
                    .requestMatchers(OpenRoutes.patterns())
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .exceptionHandling(failures -> failures.authenticationEntryPoint(new EntryPoint(refusals)))
        .sessionManagement(
            management -> management.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(SecurityRules::headers)
        // In its place is CrossSiteFilter: a token in every form would shut out curl.
        .csrf(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .build();
  }

  /** Frames, sniffing and HSTS (by https) are Spring Security's own defaults. */
  private static void headers(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .addHeaderWriter(new ContentPolicy())
        // With no-referrer, forms of our own pages come with the origin "null", and over plain http
        // browsers send nothing else that tells them from those of another site.
        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
        .xssProtection(protection -> protection.headerValue(HeaderValue.ENABLED_MODE_BLOCK));
  }
}
