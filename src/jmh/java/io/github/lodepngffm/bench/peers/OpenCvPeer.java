package io.github.lodepngffm.bench.peers;

import io.github.lodepngffm.bench.Job;
import io.github.lodepngffm.bench.Peer;
import io.github.lodepngffm.bench.Picture;
import io.github.lodepngffm.bench.Work;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/** OpenCV as org.openpnp packages it, through JNI, with its own BMP writer. */
public final class OpenCvPeer implements Peer {
  private static final int AS_COLOUR = Imgcodecs.IMREAD_COLOR | Imgcodecs.IMREAD_IGNORE_ORIENTATION;

  @Override
  public String id() {
    return "opencv";
  }

  @Override
  public String title() {
    return "OpenCV";
  }

  @Override
  public String version() {
    nu.pattern.OpenCV.loadLocally();
    Core.setNumThreads(1);
    return Core.VERSION;
  }

  @Override
  public boolean can(Work work) {
    return work == Work.CONVERT || work == Work.DECODE;
  }

  @Override
  public Job open(Picture picture, Work work) {
    byte[] png = picture.bytes();
    return work == Work.DECODE ? new HeapJob(() -> decode(png)) : new HeapJob(() -> convert(png));
  }

  private static Object decode(byte[] png) {
    MatOfByte input = new MatOfByte(png);
    Mat pixels = Imgcodecs.imdecode(input, AS_COLOUR);
    pixels.release();
    input.release();
    return pixels;
  }

  private static byte[] convert(byte[] png) {
    MatOfByte input = new MatOfByte(png);
    Mat pixels = Imgcodecs.imdecode(input, AS_COLOUR);
    MatOfByte bmp = new MatOfByte();
    try {
      if (!Imgcodecs.imencode(".bmp", pixels, bmp)) {
        throw new IllegalStateException("OpenCV wrote no BMP");
      }
      return bmp.toArray();
    } finally {
      // Waiting for finalisers would let native memory pile up, and slow down the next rounds.
      input.release();
      pixels.release();
      bmp.release();
    }
  }
}
