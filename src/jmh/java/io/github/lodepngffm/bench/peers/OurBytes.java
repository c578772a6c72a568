package io.github.lodepngffm.bench.peers;

import io.github.lodepngffm.NativeSupport;
import io.github.lodepngffm.Png;
import io.github.lodepngffm.bench.Job;
import io.github.lodepngffm.bench.Peer;
import io.github.lodepngffm.bench.Picture;
import io.github.lodepngffm.bench.Work;

/** This library between arrays: the same work, and two copies. */
public final class OurBytes implements Peer {
  @Override
  public String id() {
    return "ours-bytes";
  }

  @Override
  public String title() {
    return "lodepng-ffm, byte[]";
  }

  @Override
  public String version() {
    return NativeSupport.version();
  }

  @Override
  public boolean can(Work work) {
    return work == Work.CONVERT;
  }

  @Override
  public Job open(Picture picture, Work work) {
    return new HeapJob(() -> Png.toBmp(picture.bytes()));
  }
}
