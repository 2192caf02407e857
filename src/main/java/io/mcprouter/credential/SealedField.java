package io.mcprouter.credential;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The place that a sealed value belongs to. It is part of what is authenticated, so a value that
 * was copied to another place cannot be opened there.
 *
 * @param table the table
 * @param tenant whose user, empty where there is one organization
 * @param user the user's id; empty for what belongs to no user
 * @param server the server's name; empty for what belongs to none
 * @param field what it is, such as the name of a variable
 */
public record SealedField(String table, String tenant, String user, String server, String field) {
  private static final String FORM = "v1";

  /** Each part after its length: no part can run into the next. */
  byte[] associatedData() {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (String part : List.of(FORM, table, tenant, user, server, field)) {
      byte[] text = part.getBytes(StandardCharsets.UTF_8);
      data.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
      data.writeBytes(text);
    }
    return data.toByteArray();
  }
}
