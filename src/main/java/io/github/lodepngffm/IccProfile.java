package io.github.lodepngffm;

import java.util.Arrays;
import java.util.Objects;

/**
 * An embedded colour profile: the iCCP chunk (PNG, 11.3.2.3). Its bytes are not looked at.
 *
 * @param name 1 to 79 characters of Latin-1, for people to read
 * @param bytes an ICC profile, as ICC.1 defines it; copied on the way in and on the way out
 */
public record IccProfile(String name, byte[] bytes) {
  private static final int MOST_NAME_CHARACTERS = 79;

  /**
   * A profile with these values.
   *
   * @throws IllegalArgumentException if a chunk could not hold the name, or there are no bytes
   */
  public IccProfile {
    Objects.requireNonNull(name, "name");
    boolean isName = name.chars().allMatch(character -> character > 0 && character <= 0xFF);
    if (name.isEmpty() || name.length() > MOST_NAME_CHARACTERS || !isName) {
      throw new IllegalArgumentException(
          "the name of a profile has 1 to 79 characters of Latin-1, not '" + name + "'");
    }
    if (bytes.length == 0) {
      throw new IllegalArgumentException("a profile of no bytes");
    }
    bytes = bytes.clone();
  }

  /** {@return a copy of the profile} */
  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IccProfile profile
        && name.equals(profile.name)
        && Arrays.equals(bytes, profile.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "IccProfile[name=" + name + ", bytes=" + bytes.length + "]";
  }
}
