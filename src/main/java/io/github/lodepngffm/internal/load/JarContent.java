package io.github.lodepngffm.internal.load;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.CodeSource;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * What lies beside these classes, mostly in their jar. It is opened as the file that it is: a class
 * loader would first look through the modules of the JDK, and go through a URL connection, which
 * costs a new virtual machine several times as much. Where these classes are not out of a jar or a
 * folder, the class loader is asked.
 */
final class JarContent {
  private JarContent() {}

  /**
   * Reads a file out of the jar.
   *
   * @param name such as {@code META-INF/native/linux-x86_64/liblodepngffm.so}
   * @return its bytes; null if there is none
   */
  static byte[] read(String name) throws IOException {
    File origin = originOfTheseClasses();
    byte[] content = null;
    if (origin != null && origin.isFile()) {
      content = readFromJar(origin, name);
    } else if (origin != null && new File(origin, name).isFile()) {
      try (InputStream in = new FileInputStream(new File(origin, name))) {
        content = in.readAllBytes();
      }
    }
    return content != null ? content : readThroughClassLoader(name);
  }

  private static File originOfTheseClasses() {
    CodeSource source = JarContent.class.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    if (location == null || !"file".equals(location.getProtocol())) {
      return null;
    }
    try {
      return new File(location.toURI());
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null; // not a file of this machine: the class loader knows
    }
  }

  private static byte[] readFromJar(File file, String name) throws IOException {
    try (JarFile jar = new JarFile(file)) {
      ZipEntry entry = jar.getEntry(name);
      if (entry == null) {
        return null;
      }
      try (InputStream in = jar.getInputStream(entry)) {
        return in.readAllBytes();
      }
    }
  }

  private static byte[] readThroughClassLoader(String name) throws IOException {
    try (InputStream in = JarContent.class.getResourceAsStream("/" + name)) {
      return in == null ? null : in.readAllBytes();
    }
  }
}
