package io.github.lodepngffm.internal.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * The shared library out of the jar, as a file in a private directory for as long as it takes to
 * load it. The directory is new and nobody else's, so nobody can have put a library, or a link, in
 * its place; and what was written is read back and compared with the sum that the build noted.
 */
final class ExtractedLibrary implements AutoCloseable {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final Path directory;
  private final Path file;

  private ExtractedLibrary(Path directory, Path file) {
    this.directory = directory;
    this.file = file;
  }

  static ExtractedLibrary of(String resource) throws IOException {
    byte[] content = read(resource);
    String expected =
        new String(read(resource + ".sha256"), StandardCharsets.US_ASCII).strip().toLowerCase();
    requireSum(expected, content, "the jar's " + resource.substring(1));
    Path parent = parentDirectory();
    Path directory;
    try {
      directory = Files.createTempDirectory(parent, StaleDirectories.PREFIX, ownerOnly(parent));
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
      requireSum(expected, Files.readAllBytes(file), file.toString());
      StaleDirectories.deleteBeside(directory, file.getFileName().toString());
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
    for (Path path : new Path[] {file, directory}) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        path.toFile().deleteOnExit();
      }
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

  private static FileAttribute<?>[] ownerOnly(Path parent) throws IOException {
    FileStore store = Files.getFileStore(parent);
    return store.supportsFileAttributeView("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private static byte[] read(String resource) throws IOException {
    try (InputStream in = ExtractedLibrary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(
            "the jar's "
                + resource.substring(1)
                + ": there is none, this jar was not built for "
                + NativeLoader.platform());
      }
      return in.readAllBytes();
    }
  }

  private static void requireSum(String expected, byte[] content, String what) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String found = HexFormat.of().formatHex(digest.digest(content));
      if (!found.equals(expected)) {
        throw new IOException(
            what + " has SHA-256 " + found + ", expected " + expected + ": it was changed");
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
