package io.github.lodepngffm;

import java.util.Objects;

/**
 * Damage that was passed over, or something of the image that was left behind.
 *
 * @param errorCode LodePNG's code, with which a strict conversion would have failed; or from 1000
 *     on one of this library's, such as {@link #ALPHA_DROPPED}
 * @param chunkType the four letters of the chunk that it concerns; other bytes are shown as {@code
 *     ?}. Empty of a BMP
 * @param offset where that chunk is, or what of a BMP this is about, in bytes from the beginning
 * @param message what there is to say of it
 */
public record PngWarning(int errorCode, String chunkType, long offset, String message) {

  /**
   * The code of a warning that is about no damage: the image has transparency, and what was asked
   * for cannot express it. The chunk is the one that the transparency comes from, tRNS or IHDR.
   */
  public static final int ALPHA_DROPPED = 1015;

  /** Codes below are LodePNG's. */
  private static final int OWN_CODES_FROM = 1000;

  /** A warning with these values. */
  public PngWarning {
    Objects.requireNonNull(chunkType, "chunkType");
    Objects.requireNonNull(message, "message");
  }

  /**
   * A line for people.
   *
   * @return such as {@code tIME chunk at byte 41: LodePNG error 73: invalid tIME chunk size}
   */
  @Override
  public String toString() {
    String code = errorCode < OWN_CODES_FROM ? "LodePNG error " + errorCode + ": " : "";
    return (chunkType.isEmpty() ? "at byte " : chunkType + " chunk at byte ")
        + offset
        + ": "
        + code
        + message;
  }

  /**
   * Whether this is about transparency, not about damage.
   *
   * @return true if the code is {@link #ALPHA_DROPPED}
   */
  public boolean isAlphaDropped() {
    return errorCode == ALPHA_DROPPED;
  }
}
