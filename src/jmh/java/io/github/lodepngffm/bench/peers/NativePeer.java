package io.github.lodepngffm.bench.peers;

import io.github.lodepngffm.Png;
import io.github.lodepngffm.bench.IdatStream;
import io.github.lodepngffm.bench.Job;
import io.github.lodepngffm.bench.Peer;
import io.github.lodepngffm.bench.Picture;
import io.github.lodepngffm.bench.Work;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;

/** A C or C++ library of native/bench, called like ours: through FFM, between native segments. */
public final class NativePeer implements Peer {
  /** All that native/bench knows. */
  public static final List<String> NAMES =
      List.of(
          "libdeflate-inflate", "isa-l-inflate", "article", "lodepng", "libpng", "libspng", "stb");

  private static final Map<Work, Integer> CODES =
      Map.of(Work.CONVERT, 1, Work.DECODE, 2, Work.INFLATE, 4);
  private static final Map<String, String> TITLES =
      Map.of(
          "libdeflate-inflate", "floor: libdeflate inflate alone",
          "isa-l-inflate", "floor: ISA-L inflate alone",
          "article", "the article's C++ code",
          "lodepng", "LodePNG, one-pass BMP");

  private final String name;
  private final int peer;

  /** The peer of that name. */
  public NativePeer(String name) {
    this.name = name;
    this.peer = NativePeers.find(name);
  }

  @Override
  public String id() {
    return name;
  }

  @Override
  public String title() {
    return TITLES.getOrDefault(name, name);
  }

  @Override
  public String version() {
    if (NativePeers.work(peer) == 0) {
      throw new UnsatisfiedLinkError(NativePeers.version(peer));
    }
    return NativePeers.version(peer);
  }

  @Override
  public boolean can(Work work) {
    return (NativePeers.work(peer) & CODES.get(work)) != 0;
  }

  @Override
  public Job open(Picture picture, Work work) {
    Arena arena = Arena.ofShared();
    MemorySegment input = work == Work.INFLATE ? IdatStream.of(picture, arena) : picture.segment();
    long outBytes =
        work == Work.INFLATE ? IdatStream.inflatedSize(picture) : Png.bmpSize(picture.info());
    MemorySegment out = arena.allocate(outBytes);
    MemorySegment result = arena.allocate(NativePeers.RESULT);
    int code = CODES.get(work);
    return new Job() {
      @Override
      public long run() {
        check(NativePeers.run(peer, code, input, out, result));
        long size = result.get(ValueLayout.JAVA_LONG, 8);
        NativePeers.release(peer, result);
        return size;
      }

      @Override
      public byte[] result() {
        check(NativePeers.run(peer, code, input, out, result));
        long size = result.get(ValueLayout.JAVA_LONG, 8);
        byte[] bytes =
            result.get(ValueLayout.ADDRESS, 0).reinterpret(size).toArray(ValueLayout.JAVA_BYTE);
        NativePeers.release(peer, result);
        return bytes;
      }

      private void check(int failed) {
        if (failed != 0) {
          throw new IllegalStateException(name + " cannot read " + picture.name());
        }
      }

      @Override
      public void close() {
        arena.close();
      }
    };
  }
}
