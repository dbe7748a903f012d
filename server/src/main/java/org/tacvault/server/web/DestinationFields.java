package org.tacvault.server.web;

import static org.tacvault.server.web.DestinationField.FLAG;
import static org.tacvault.server.web.DestinationField.LONG_SECRET;
import static org.tacvault.server.web.DestinationField.NUMBER;
import static org.tacvault.server.web.DestinationField.SECRET;
import static org.tacvault.server.web.DestinationField.optional;
import static org.tacvault.server.web.DestinationField.required;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each type of destination is asked for; a type that is not here is set up by the API. */
final class DestinationFields {
  private static final String BASE = "base_path";
  private static final String IN_BASE = "Directory there; it is made when it is not there";

  private static final Map<String, List<DestinationField>> BY_TYPE = new LinkedHashMap<>();

  static {
    BY_TYPE.put(
        "local",
        List.of(
            required(BASE, "Directory", "Absolute path on this machine, better on another disk"),
            optional("allowed_root", "Allowed root", "The directory must stay below this one")));
    BY_TYPE.put(
        "sftp",
        List.of(
            required("host", "Host", "Name or address"),
            optional("port", "Port", "").as(NUMBER, "22"),
            required("username", "User name", ""),
            optional("authentication", "Log in by", "").as("password|key", "password"),
            optional("password", "Password", "").as(SECRET, ""),
            optional("private_key", "Private key", "PEM text").as(LONG_SECRET, ""),
            optional("private_key_passphrase", "Passphrase of the key", "").as(SECRET, ""),
            required(BASE, "Directory", IN_BASE),
            optional(
                "host_key_fingerprint",
                "Host key fingerprint",
                "SHA256:…; the connection test shows what the server offers"),
            optional("known_hosts_file", "Known hosts file", "In place of a fingerprint")));
    BY_TYPE.put(
        "ftp",
        List.of(
            required("host", "Host", "Name or address"),
            optional("port", "Port", "").as(NUMBER, "21"),
            required("username", "User name", ""),
            optional("password", "Password", "").as(SECRET, ""),
            optional("use_tls", "TLS", "").as(FLAG, "true"),
            optional("verify_ssl", "Check the certificate", "").as(FLAG, "true"),
            optional("passive", "Passive mode", "").as(FLAG, "true"),
            required(BASE, "Directory", IN_BASE)));
    BY_TYPE.put(
        "azure",
        List.of(
            required("container_name", "Container", ""),
            optional("connection_string", "Connection string", "Or account and key").as(SECRET, ""),
            optional("account_name", "Account", ""),
            optional("account_key", "Account key", "").as(SECRET, ""),
            optional("sas_token", "SAS token", "").as(SECRET, ""),
            optional(BASE, "Prefix", "")));
    BY_TYPE.put(
        "s3",
        List.of(
            required("bucket", "Bucket", ""),
            optional("endpoint", "Endpoint", "Empty for Amazon"),
            optional("region", "Region", "").as(DestinationField.TEXT, "us-east-1"),
            optional("prefix", "Prefix", ""),
            optional("path_style", "Path style", "MinIO and others need it").as(FLAG, "false"),
            optional("access_key_id", "Access key", ""),
            optional("secret_access_key", "Secret key", "").as(SECRET, "")));
  }

  private DestinationFields() {}

  /** Empty for a type that is not described. */
  static List<DestinationField> of(String type) {
    return BY_TYPE.getOrDefault(type, List.of());
  }

  /** The types of {@code known} that are described, in the order of the table. */
  static List<String> described(Set<String> known) {
    return BY_TYPE.keySet().stream().filter(known::contains).toList();
  }
}
