import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A large truecolour PNG whose every pixel can be told from its place, and a look at some pixels of
 * the BMP that it becomes. For scripts/large-image.sh; uses nothing of the library.
 *
 * <pre>
 *   java LargeImage.java write FILE.png SIDE     writes SIDE x SIDE pixels
 *   java LargeImage.java check FILE.bmp SIDE     looks at 100,000 of them
 * </pre>
 */
final class LargeImage {
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int SAMPLES = 100_000;

  private LargeImage() {}

  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[1]);
    int side = Integer.parseInt(arguments[2]);
    if (arguments[0].equals("write")) {
      write(file, side);
    } else {
      check(file, side);
    }
  }

  /** The lowest two bits of green are noise, so that the file does not become small. */
  private static int pixel(int x, int y) {
    int noise = (x * 0x9e3779b1 ^ y * 0x85ebca6b) * 0xc2b2ae35 >>> 30;
    return (x + y / 16 & 0xff) << 16 | (y & 0xfc | noise) << 8 | (x / 64 ^ y / 64) & 0xff;
  }

  private static void write(Path file, int side) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeLong(0x89504E470D0A1A0AL);
      byte[] header = new byte[13];
      for (int i = 0; i < 4; i++) {
        header[i] = header[4 + i] = (byte) (side >> 24 - 8 * i);
      }
      header[8] = 8; // bits a sample
      header[9] = 2; // truecolour
      chunk(out, "IHDR", header, header.length);
      Deflater deflater = new Deflater(1);
      byte[] part = new byte[CHUNK_BYTES];
      byte[] row = new byte[1 + 3 * side];
      for (int y = 0; y < side; y++) {
        row[0] = 1; // filter type Sub
        int left = 0;
        for (int x = 0; x < side; x++) {
          int pixel = pixel(x, y);
          row[3 * x + 1] = (byte) ((pixel >> 16) - (left >> 16));
          row[3 * x + 2] = (byte) ((pixel >> 8) - (left >> 8));
          row[3 * x + 3] = (byte) (pixel - left);
          left = pixel;
        }
        deflater.setInput(row);
        if (y == side - 1) {
          deflater.finish();
        }
        for (int bytes; (bytes = deflater.deflate(part)) > 0; ) {
          chunk(out, "IDAT", part, bytes);
        }
      }
      deflater.end();
      chunk(out, "IEND", part, 0);
    }
    System.out.println(Files.size(file) + " bytes of PNG");
  }

  private static void chunk(DataOutputStream out, String type, byte[] data, int length)
      throws IOException {
    CRC32 crc = new CRC32();
    byte[] letters = type.getBytes();
    crc.update(letters);
    crc.update(data, 0, length);
    out.writeInt(length);
    ((OutputStream) out).write(letters);
    out.write(data, 0, length);
    out.writeInt((int) crc.getValue());
  }

  private static void check(Path file, int side) throws IOException {
    long stride = (3L * side + 3) / 4 * 4;
    require(Files.size(file) == 54 + stride * side, "the file has " + Files.size(file) + " bytes");
    Random random = new Random(1);
    try (RandomAccessFile bmp = new RandomAccessFile(file.toFile(), "r")) {
      byte[] found = new byte[3];
      for (int i = 0; i < SAMPLES; i++) {
        int x = i < 4 ? i % 2 * (side - 1) : random.nextInt(side);
        int y = i < 4 ? i / 2 * (side - 1) : random.nextInt(side);
        bmp.seek(54 + stride * (side - 1 - y) + 3L * x);
        bmp.readFully(found);
        int pixel = (found[2] & 0xff) << 16 | (found[1] & 0xff) << 8 | found[0] & 0xff;
        require(
            pixel == pixel(x, y),
            "the pixel at (%d, %d) is %06x, not %06x".formatted(x, y, pixel, pixel(x, y)));
      }
    }
    System.out.println(SAMPLES + " pixels are right");
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      System.err.println("LargeImage: " + what);
      System.exit(1);
    }
  }
}
