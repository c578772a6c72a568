// What happens to a file that is no sound PNG, or too large. From the top of the repository:
//
//   jshell --class-path target/classes -R--enable-native-access=ALL-UNNAMED examples/bad-png.jsh

import io.github.lodepngffm.ConvertOptions
import io.github.lodepngffm.Limits
import io.github.lodepngffm.Png
import io.github.lodepngffm.PngException
import java.awt.image.BufferedImage
import java.nio.file.Files
import java.nio.file.Path
import javax.imageio.ImageIO

Path folder = Files.createTempDirectory("bad-png")
Path png = folder.resolve("picture.png")
Path bmp = folder.resolve("picture.bmp")

void convert(ConvertOptions options) throws Exception {
  try {
    Png.toBmp(png, bmp, options);
    System.out.println("converted");
  } catch (PngException e) {
    // The code is LodePNG's own, or one of this library's from 1000. The message has the path too.
    System.out.println(e.kind() + ", code " + e.errorCode() + ": " + e.reason());
    e.limit().ifPresent(limit -> System.out.println("  Limits." + limit.method() + " raises it"));
  }
  System.out.println("  is there a BMP? " + Files.exists(bmp));
}

// Not a PNG at all.
Files.writeString(png, "This is a text, whatever its name says about it.")
convert(ConvertOptions.defaults())

// A PNG of which one bit has changed: each part of a PNG has a checksum.
ImageIO.write(new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB), "png", png.toFile())
byte[] whole = Files.readAllBytes(png)
byte[] damaged = whole.clone()
damaged[whole.length / 2] ^= 1
Files.write(png, damaged)
convert(ConvertOptions.defaults())

// A sound PNG, but larger than the caller wants.
Files.write(png, whole)
convert(ConvertOptions.defaults().withLimits(Limits.defaults().withMaxPixels(5000)))

// The same PNG within the limits.
convert(ConvertOptions.defaults())

Files.delete(png)
Files.delete(bmp)
Files.delete(folder)

/exit
