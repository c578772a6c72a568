// A PNG becomes a BMP, in memory and from file to file. From the top of the repository:
//
//   jshell --class-path target/classes -R--enable-native-access=ALL-UNNAMED examples/png2bmp.jsh
//
// With -R-Dpng=picture.png it takes that file; otherwise it draws one.

import io.github.lodepngffm.Buffers
import io.github.lodepngffm.Png
import io.github.lodepngffm.PngInfo
import java.awt.image.BufferedImage
import java.lang.foreign.Arena
import java.lang.foreign.MemorySegment
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.Path
import javax.imageio.ImageIO

Path folder = Files.createTempDirectory("png2bmp")
Path draw() throws Exception {
  BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
  for (int y = 0; y < 48; y++) {
    for (int x = 0; x < 64; x++) {
      image.setRGB(x, y, x * 4 << 16 | y * 5 << 8 | 128);
    }
  }
  Path drawn = folder.resolve("picture.png");
  ImageIO.write(image, "png", drawn.toFile());
  return drawn;
}
Path file = System.getProperty("png") == null ? draw() : Path.of(System.getProperty("png"))

// In memory. The PNG is read into memory outside the Java heap; native code reads it there, and
// writes the BMP to memory of the same arena. No byte is on the Java heap.
Arena arena = Arena.ofConfined()
FileChannel channel = FileChannel.open(file)
MemorySegment png = arena.allocate(channel.size())
ByteBuffer unread = png.asByteBuffer()
while (unread.hasRemaining() && channel.read(unread) > 0) {}
channel.close()

PngInfo info = Png.readInfo(png)
System.out.println(info.width() + " x " + info.height() + " pixels, " + info.colorType())

MemorySegment bmp = Png.toBmp(png, Buffers.uninitialized(arena))
System.out.println("a BMP of " + bmp.byteSize() + " bytes in memory")
arena.close()

// From file to file, in one call. The BMP is there when it is complete, or not at all.
Path target = folder.resolve("picture.bmp")
Png.toBmp(file, target)
System.out.println("a BMP of " + Files.size(target) + " bytes in a file")

Files.delete(target)
Files.deleteIfExists(folder.resolve("picture.png"))
Files.delete(folder)

/exit
