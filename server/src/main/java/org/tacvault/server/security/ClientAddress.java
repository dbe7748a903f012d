package org.tacvault.server.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Where a request comes from; behind a trusted proxy, what that one says. */
public final class ClientAddress {
  private static final int IPV6_BYTES = 16;
  private static final int NETWORK_BYTES = 8;

  private ClientAddress() {}

  /** An IP address in digits. */
  public static String of(HttpServletRequest request) {
    return request.getRemoteAddr();
  }

  /** What attempts are counted by: the address, of IPv6 the /64 that one customer has. */
  public static String networkOf(HttpServletRequest request) {
    String address = of(request);
    if (!address.contains(":")) {
      return address;
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      if (bytes.length != IPV6_BYTES) {
        return address;
      }
      Arrays.fill(bytes, NETWORK_BYTES, IPV6_BYTES, (byte) 0);
      return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
