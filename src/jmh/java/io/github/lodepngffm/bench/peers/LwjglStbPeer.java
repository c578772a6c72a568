package io.github.lodepngffm.bench.peers;

import io.github.lodepngffm.bench.Job;
import io.github.lodepngffm.bench.Peer;
import io.github.lodepngffm.bench.Picture;
import io.github.lodepngffm.bench.Work;
import java.nio.ByteBuffer;
import org.lwjgl.Version;
import org.lwjgl.stb.STBImage;
import org.lwjgl.system.MemoryStack;

/** stb_image as LWJGL binds it. Its BMP writer calls back for every few bytes, so ours is used. */
public final class LwjglStbPeer implements Peer {
  @Override
  public String id() {
    return "lwjgl-stb";
  }

  @Override
  public String title() {
    return "LWJGL stb";
  }

  @Override
  public String version() {
    STBImage.stbi_failure_reason(); // loads the native half
    return Version.getVersion();
  }

  @Override
  public boolean can(Work work) {
    return work == Work.CONVERT || work == Work.DECODE;
  }

  @Override
  public Job open(Picture picture, Work work) {
    ByteBuffer png = picture.segment().asByteBuffer();
    return new HeapJob(() -> run(png, work));
  }

  private static Object run(ByteBuffer png, Work work) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      var width = stack.mallocInt(1);
      var height = stack.mallocInt(1);
      var channels = stack.mallocInt(1);
      ByteBuffer rgb = STBImage.stbi_load_from_memory(png, width, height, channels, 3);
      if (rgb == null) {
        throw new IllegalStateException(STBImage.stbi_failure_reason());
      }
      try {
        return work == Work.DECODE
            ? rgb
            : new BmpRows(width.get(0), height.get(0)).fill(rgb).bytes();
      } finally {
        STBImage.stbi_image_free(rgb);
      }
    }
  }
}
