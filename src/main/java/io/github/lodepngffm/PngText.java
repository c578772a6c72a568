package io.github.lodepngffm;

import java.util.Objects;

/**
 * A text in a PNG, with the keyword that says what it is, such as {@code Title}, {@code Author} or
 * {@code XML:com.adobe.xmp} (PNG, 11.3.3.1).
 *
 * <p>In the file it is a tEXt chunk (PNG, 11.3.3.2), a zTXt chunk if it is compressed (11.3.3.3),
 * both in Latin-1; or if it is international an iTXt chunk, in UTF-8 (11.3.3.4).
 *
 * @param keyword 1 to 79 characters of Latin-1
 * @param text any; in Latin-1 unless it is international. What is not UTF-8 in an iTXt chunk was
 *     read as U+FFFD
 * @param isInternational whether it is an iTXt chunk
 * @param isCompressed whether the chunk holds it compressed
 * @param languageTag of the text, such as {@code en-GB}; empty if unknown or not international
 * @param translatedKeyword the keyword in that language; empty if there is none
 */
public record PngText(
    String keyword,
    String text,
    boolean isInternational,
    boolean isCompressed,
    String languageTag,
    String translatedKeyword) {
  private static final int MOST_KEYWORD_CHARACTERS = 79;
  private static final char LAST_OF_LATIN_1 = 0xFF;

  /**
   * A text with these values.
   *
   * @throws IllegalArgumentException if a chunk could not hold it: a keyword that is empty, too
   *     long or not Latin-1; a text, language or translation that needs an international one; a
   *     character U+0000 in any of the four but the text
   */
  public PngText {
    Objects.requireNonNull(text, "text");
    requireWithoutNull(keyword, "keyword");
    requireWithoutNull(languageTag, "languageTag");
    requireWithoutNull(translatedKeyword, "translatedKeyword");
    if (keyword.isEmpty() || keyword.length() > MOST_KEYWORD_CHARACTERS || !isLatin1(keyword)) {
      throw new IllegalArgumentException(
          "a keyword has 1 to 79 characters of Latin-1, not '" + keyword + "'");
    }
    if (!isLatin1(languageTag)) {
      throw new IllegalArgumentException("a language tag is ASCII, not '" + languageTag + "'");
    }
    boolean wantsInternational =
        !isLatin1(text) || !languageTag.isEmpty() || !translatedKeyword.isEmpty();
    if (wantsInternational && !isInternational) {
      throw new IllegalArgumentException(
          "only an international text has a language or characters beyond Latin-1: " + keyword);
    }
  }

  private static void requireWithoutNull(String string, String name) {
    Objects.requireNonNull(string, name);
    if (string.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(name + " has a character U+0000, which would end it");
    }
  }

  private static boolean isLatin1(String string) {
    return string.chars().allMatch(character -> character <= LAST_OF_LATIN_1);
  }

  /**
   * A text in the plainest chunk that can hold it: tEXt if it is Latin-1, else iTXt.
   *
   * @param keyword 1 to 79 characters of Latin-1
   * @param text any
   * @return a text that is not compressed, of no language
   * @throws IllegalArgumentException if that is no keyword
   */
  public static PngText of(String keyword, String text) {
    return new PngText(keyword, text, !isLatin1(text), false, "", "");
  }

  /**
   * The same text, compressed in the file: worth it from about 1,000 characters on.
   *
   * @return a text for a zTXt or an iTXt chunk
   */
  public PngText compressed() {
    return new PngText(keyword, text, isInternational, true, languageTag, translatedKeyword);
  }

  /**
   * The type of the chunk that holds it.
   *
   * @return {@code tEXt}, {@code zTXt} or {@code iTXt}
   */
  public String chunkType() {
    if (isInternational) {
      return "iTXt";
    }
    return isCompressed ? "zTXt" : "tEXt";
  }
}
