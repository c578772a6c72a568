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
  private static final int HEXADECIMAL = 16;

  private final Path directory;
  private final Path file;

  private ExtractedLibrary(Path directory, Path file) {
    this.directory = directory;
    this.file = file;
  }

  static ExtractedLibrary of(String resource) throws IOException {
    byte[] content = read(resource);
    requireSum(resource, content);
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
              + NativeLoader.DIRECTORY_PROPERTY
              + "=DIRECTORY)",
          e);
    }
    Path file = directory.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    ExtractedLibrary library = new ExtractedLibrary(directory, file);
    try {
      Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      requireSame(content, Files.readAllBytes(file), file);
      return library;
    } catch (Throwable e) {
      library.close();
      throw e;
    }
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
    String chosen = System.getProperty(NativeLoader.DIRECTORY_PROPERTY);
    Path parent =
        Path.of(chosen != null ? chosen : System.getProperty("java.io.tmpdir")).toAbsolutePath();
    if (!Files.isDirectory(parent)) {
      throw new IOException(
          "extracting the jar's library to "
              + parent
              + ": there is no such directory (name one with -D"
              + NativeLoader.DIRECTORY_PROPERTY
              + "=DIRECTORY)");
    }
    return parent.toRealPath();
  }

  private static byte[] read(String resource) throws IOException {
    byte[] content = JarContent.read(resource);
    if (content == null) {
      throw new IOException(
          "the jar's "
              + resource
              + ": there is none, this jar was not built for "
              + NativeLoader.platform());
    }
    return content;
  }

  /**
   * Finds damage, such as that of a build which took the library for text. A stronger sum would
   * find no more: who can change the library in the jar can change the sum beside it.
   */
  private static void requireSum(String resource, byte[] content) throws IOException {
    String noted = new String(read(resource + ".crc32"), StandardCharsets.US_ASCII).strip();
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
