package io.github.lodepngffm.cli;

import io.github.lodepngffm.ColorType;
import io.github.lodepngffm.Png;
import io.github.lodepngffm.PngException;
import io.github.lodepngffm.PngInfo;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** The header of a PNG as readable lines, and as JSON. */
final class HeaderText {
  /** Signature (8), and the IHDR chunk: length (4), type (4), data (13), checksum (4). */
  private static final int HEADER_BYTES = 33;

  private HeaderText() {}

  /** Reads no more than the header. */
  static PngInfo read(ReadableByteChannel png) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    int count = 0;
    while (header.hasRemaining() && count >= 0) {
      count = png.read(header);
    }
    return Png.readInfo(MemorySegment.ofBuffer(header.flip()));
  }

  static String of(String file, PngInfo info, boolean isTransparent) {
    return """
    file:        %s
    size:        %d x %d pixels
    color type:  %d, %s
    bit depth:   %d
    interlaced:  %s
    transparent: %s
    decoded by:  %s
    BMP:         %s
    """
        .formatted(
            file,
            info.width(),
            info.height(),
            info.colorType().code(),
            meaning(info.colorType()),
            info.bitDepth(),
            info.interlaced() ? "yes, Adam7" : "no",
            isTransparent
                ? "yes; dropped unless --format bgra or match keeps it, or --background is given"
                : "no",
            switch (info.decodePath()) {
              case FAST -> "fast path";
              case LODEPNG -> "LodePNG";
            },
            bmp(info));
  }

  static Json jsonOf(String input, PngInfo info, boolean isTransparent) {
    Json object =
        new Json()
            .with("input", input)
            .with("status", "examined")
            .with("width", info.width())
            .with("height", info.height())
            .with("colorType", info.colorType().code())
            .with("bitDepth", info.bitDepth())
            .with("interlaced", info.interlaced())
            .with("transparent", isTransparent)
            .with(
                "decodePath",
                switch (info.decodePath()) {
                  case FAST -> "fast";
                  case LODEPNG -> "lodepng";
                });
    try {
      return object.with("bmpBytes", Png.bmpSize(info));
    } catch (PngException e) {
      return object; // larger than a BMP can be
    }
  }

  private static String meaning(ColorType type) {
    return switch (type) {
      case GRAYSCALE -> "gray";
      case TRUECOLOR -> "red, green, blue";
      case INDEXED -> "palette";
      case GRAYSCALE_ALPHA -> "gray and alpha";
      case TRUECOLOR_ALPHA -> "red, green, blue and alpha";
    };
  }

  private static String bmp(PngInfo info) {
    try {
      return Png.bmpSize(info) + " bytes";
    } catch (PngException e) {
      return "none, " + e.getMessage();
    }
  }
}
