package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.ColorType;
import io.github.lodepngffm.DecodePath;
import io.github.lodepngffm.PngInfo;
import io.github.lodepngffm.internal.generated.LodepngFfm;
import io.github.lodepngffm.internal.generated.lpf_info;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What a PNG is, without its pixels. */
public final class PngCalls {
  /** How much of a PNG the calls read that are about its header: signature and IHDR. */
  public static final int HEADER_BYTES = 33;

  private PngCalls() {}

  /**
   * Reads the header of a PNG.
   *
   * @param png its bytes, native or on the heap
   * @return the header
   */
  public static PngInfo readInfo(MemorySegment png) {
    NativeLibrary.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = lpf_info.allocate(arena);
      MemorySegment header = headerOf(png, arena);
      NativeErrors.check(LodepngFfm.lpf_png_info(header, header.byteSize(), info), 0, 0, "");
      return infoOf(info);
    }
  }

  /** The first bytes of a PNG, which is all that header functions read, in native memory. */
  static MemorySegment headerOf(MemorySegment png, Arena arena) {
    if (MemoryCalls.isForNativeCode(png)) {
      return png;
    }
    long bytes = Math.min(HEADER_BYTES, png.byteSize());
    return arena.allocate(Math.max(bytes, 1)).asSlice(0, bytes).copyFrom(png.asSlice(0, bytes));
  }

  static PngInfo infoOf(MemorySegment info) {
    return new PngInfo(
        lpf_info.width(info),
        lpf_info.height(info),
        lpf_info.bit_depth(info),
        ColorType.of(lpf_info.color_type(info)),
        lpf_info.interlace_method(info) == 1,
        pathOf(lpf_info.decode_path(info)));
  }

  static DecodePath pathOf(int path) {
    return path == LodepngFfm.LPF_PATH_FAST() ? DecodePath.FAST : DecodePath.LODEPNG;
  }
}
