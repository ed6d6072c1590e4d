package dev.cpra.manifest.kind;

import dev.cpra.manifest.PulseConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A DNS check: a server must answer a question as expected.
///
/// @param name what is asked about
/// @param record the type of the records asked for, in capitals
/// @param server who is asked, a name or an address, IPv6 without brackets; null for the machine's
///   own
/// @param port the server's port
/// @param tcp whether it is asked over TCP, else over UDP
/// @param expect what the answer must look like
/// @param retries further tries within one check; the timeout is shared between them
public record DnsConfig(
    String name,
    String record,
    @Nullable String server,
    int port,
    boolean tcp,
    Expect expect,
    int retries)
    implements PulseConfig {

  /// What an answer must look like. Records are compared as text in the form of zone files, without
  /// the last dot of names and without regard to capitals (but in TXT).
  ///
  /// @param code the response code, such as NOERROR or NXDOMAIN
  /// @param contains records that must be among those answered
  /// @param exactly all records that must be answered, in any order; empty for whichever
  /// @param regex must be found in one of the records, or null
  /// @param recordsMin least number of records
  public record Expect(
      String code,
      List<String> contains,
      List<String> exactly,
      @Nullable String regex,
      int recordsMin) {
    /// At least one record.
    public static final Expect DEFAULT = new Expect("NOERROR", List.of(), List.of(), null, 1);
  }

  @Override
  public String type() {
    return "dns";
  }
}
