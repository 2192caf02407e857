package io.mcprouter.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a server may be told about a user: the documented fields, and no other. */
public enum UserField {
  ID("id"),
  NAME("name"),
  USERNAME("username"),
  EMAIL("email"),
  PROVIDER("provider"),
  ROLE("role"),
  GOOGLE_ID("googleId"),
  FACEBOOK_ID("facebookId"),
  OPENID_ID("openidId"),
  SAML_ID("samlId"),
  LDAP_ID("ldapId"),
  GITHUB_ID("githubId"),
  DISCORD_ID("discordId"),
  APPLE_ID("appleId"),
  EMAIL_VERIFIED("emailVerified"),
  TWO_FACTOR_ENABLED("twoFactorEnabled"),
  TERMS_ACCEPTED("termsAccepted"),
  TERMS_ACCEPTED_AT("termsAcceptedAt");

  private final String text;
  private final String placeholder;

  UserField(String text) {
    this.text = text;
    this.placeholder = "LIBRECHAT_USER_" + text.toUpperCase(Locale.ROOT);
  }

  /** The field's name in LibreChat's user object. */
  public String text() {
    return text;
  }

  /** What stands for the field between double braces. */
  public String placeholder() {
    return placeholder;
  }

  /** The field of a placeholder's name, letter for letter. */
  public static Optional<UserField> ofPlaceholder(String name) {
    return Arrays.stream(values()).filter(field -> field.placeholder().equals(name)).findFirst();
  }

  static List<String> placeholders() {
    return Arrays.stream(values()).map(UserField::placeholder).toList();
  }
}
