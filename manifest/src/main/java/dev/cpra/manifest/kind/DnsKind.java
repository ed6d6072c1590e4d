package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Type;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `type: dns`
public final class DnsKind implements Kind<DnsConfig> {
  private static final Type RECORDS =
      new Type.ListOf(new Type.Text(1, 1_024, null, "a record"), true, 100);

  private static final Shape EXPECT =
      Shape.of(
          "What the answer must look like.",
          Field.of(
                  "code",
                  Type.Choice.of("NOERROR", "NXDOMAIN", "SERVFAIL", "REFUSED"),
                  "The response code.")
              .or("NOERROR"),
          Field.of("contains", RECORDS, "Records that must be among those answered."),
          Field.of("exactly", RECORDS, "All records that must be answered, in any order."),
          Field.of("regex", Regexes.TYPE, "A regular expression to be found in one record."),
          Field.of(
              "records_min",
              new Type.Whole(0, 1_000),
              "Least number of records; 1 if left out, 0 with another code than NOERROR."));

  private static final Shape SHAPE =
      Shape.of(
          "A DNS check.",
          Field.of(
                  "name",
                  new Type.Text(
                      1,
                      253,
                      Pattern.compile("\\.|[A-Za-z0-9_*-]{1,63}(\\.[A-Za-z0-9_*-]{1,63})*\\.?"),
                      "a domain name"),
                  "What is asked about.")
              .need(),
          Field.of(
                  "record",
                  Type.Choice.of(
                      "A", "AAAA", "CNAME", "MX", "TXT", "NS", "SRV", "SOA", "PTR", "CAA"),
                  "The type of the records.")
              .or("A"),
          Field.of("server", Keys.HOST, "Who is asked; the machine's own server if left out."),
          Field.of("port", Keys.PORT, "The server's port.").or(53L),
          Field.of("tcp", Type.BOOL, "Whether the server is asked over TCP.").or(false),
          Field.of("expect", new Type.Nested(EXPECT), EXPECT.doc()),
          Keys.RETRIES);

  @Override
  public Section section() {
    return Section.PULSE;
  }

  @Override
  public String name() {
    return "dns";
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public DnsConfig read(Fields fields) {
    String server = fields.textOrNull("server");
    if (server == null && fields.has("port")) {
      fields.problem("port", "`port` without `server`; name the server too");
    }
    return new DnsConfig(
        fields.text("name"),
        fields.share(fields.text("record")),
        server == null ? null : fields.share(server),
        fields.whole("port"),
        fields.flag("tcp"),
        expect(fields.nested("expect"), fields),
        fields.whole("retries"));
  }

  private static DnsConfig.Expect expect(@Nullable Fields given, Fields share) {
    if (given == null) {
      return DnsConfig.Expect.DEFAULT;
    }
    String code = given.text("code");
    int least = code.equals("NOERROR") ? 1 : 0;
    List<String> contains = given.texts("contains");
    List<String> exactly = given.texts("exactly");
    return share.share(
        new DnsConfig.Expect(
            code,
            List.copyOf(contains),
            List.copyOf(exactly),
            Regexes.read(given, "regex"),
            given.has("records_min") ? given.whole("records_min") : least));
  }
}
