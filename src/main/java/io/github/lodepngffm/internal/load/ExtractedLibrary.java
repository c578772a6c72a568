package io.github.lodepngffm.internal.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The shared library out of the jar, as a file in a private directory for as long as it takes to
 * load it. The directory is new and nobody else's, so nobody can have put a library, or a link, in
 * its place. What the jar has is compared with the sum that the build noted, and what was written
 * is read back and compared with that, byte by byte.
 */
final class ExtractedLibrary implements AutoCloseable {
  /** Where it is extracted to, instead of {@code java.io.tmpdir}. */
  static final String DIRECTORY_PROPERTY = "lodepngffm.tmpdir";

  private static final int HEXADECIMAL = 16;

  private final String resource;
  private final Path directory;
  private final Path file;

  private ExtractedLibrary(String resource, Path directory, Path file) {
    this.resource = resource;
    this.directory = directory;
    this.file = file;
  }

  /**
   * Extracts the library of a platform.
   *
   * @param platform such as {@code linux-x86_64}, the directory inside the jar
   * @param name of the file
   */
  static ExtractedLibrary of(String platform, String name) throws IOException {
    String resource = "META-INF/native/" + platform + "/" + name;
    byte[] content = read(resource, platform);
    requireSum(resource, content, read(resource + ".crc32", platform));
    Path parent = parentDirectory();
    Path directory;
    try {
      directory = PrivateDirectory.in(parent);
    } catch (IOException e) {
      throw new IOException(
          "creating a directory in "
              + parent
              + " for the jar's library: "
              + e
              + " (name another place with -D"
              + DIRECTORY_PROPERTY
              + "=DIRECTORY)",
          e);
    }
    Path file = directory.resolve(name);
    ExtractedLibrary library = new ExtractedLibrary(resource, directory, file);
    try {
      write(content, file);
      requireSame(content, Files.readAllBytes(file), file);
      return library;
    } catch (Throwable e) {
      library.close();
      throw e;
    }
  }

  private static void write(byte[] content, Path file) throws IOException {
    try {
      Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new IOException(
          "writing the jar's library to "
              + file
              + ": "
              + e
              + " (if that directory is full, name another one with -D"
              + DIRECTORY_PROPERTY
              + "=DIRECTORY)",
          e);
    }
  }

  /** What it is called in the jar. */
  String resource() {
    return resource;
  }

  Path path() {
    return file;
  }

  /**
   * Deletes the file: on Unix the loaded library stays mapped without it. Where an open library
   * cannot be deleted it is left to the end of the process.
   */
  @Override
  public void close() {
    delete(file);
    delete(directory);
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      path.toFile().deleteOnExit();
    }
  }

  private static Path parentDirectory() throws IOException {
    String chosen = System.getProperty(DIRECTORY_PROPERTY);
    Path parent =
        Path.of(chosen != null ? chosen : System.getProperty("java.io.tmpdir")).toAbsolutePath();
    if (!Files.isDirectory(parent)) {
      throw new IOException(
          "extracting the jar's library to "
              + parent
              + ": there is no such directory (name one with -D"
              + DIRECTORY_PROPERTY
              + "=DIRECTORY)");
    }
    return parent.toRealPath();
  }

  private static byte[] read(String resource, String platform) throws IOException {
    byte[] content = JarContent.read(resource);
    if (content == null) {
      throw new IOException(
          "the jar's " + resource + ": there is none, this jar was not built for " + platform);
    }
    return content;
  }

  /**
   * Finds damage, such as that of a build which took the library for text. A stronger sum would
   * find no more: who can change the library in the jar can change the sum beside it.
   */
  private static void requireSum(String resource, byte[] content, byte[] sumFile)
      throws IOException {
    String noted = new String(sumFile, StandardCharsets.US_ASCII).strip();
    CRC32 sum = new CRC32();
    sum.update(content);
    if (sum.getValue() != Long.parseLong(noted, HEXADECIMAL)) {
      throw new IOException(
          "the jar's "
              + resource
              + " has CRC-32 "
              + Long.toHexString(sum.getValue())
              + ", expected "
              + noted
              + ": it was changed");
    }
  }

  private static void requireSame(byte[] content, byte[] written, Path file) throws IOException {
    int difference = Arrays.mismatch(content, written);
    if (difference >= 0) {
      throw new IOException(
          file
              + " is not what was written: "
              + written.length
              + " of "
              + content.length
              + " bytes, different from byte "
              + difference
              + " on: it was changed");
    }
  }
}
