package io.github.lodepngffm;

import java.util.Objects;

/**
 * Damage that a tolerant conversion has passed over.
 *
 * @param errorCode LodePNG's code, with which a strict conversion would have failed
 * @param chunkType the four letters of the chunk that it concerns; other bytes are shown as {@code
 *     ?}
 * @param offset where that chunk is, in bytes from the beginning of the PNG
 * @param message what LodePNG says of it
 */
public record PngWarning(int errorCode, String chunkType, long offset, String message) {

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
    return chunkType + " chunk at byte " + offset + ": LodePNG error " + errorCode + ": " + message;
  }
}
