package io.github.lodepngffm.internal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A process that writes a file, says so, waits for a line, and then ends as if it were killed. */
final class Writer {
  private Writer() {}

  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[1]);
    FileChannel channel =
        arguments[0].equals("pending")
            ? PendingFile.nextTo(file).channel()
            : FileChannel.open(file, StandardOpenOption.WRITE);
    if (arguments[0].equals("lock")) {
      channel.lock();
    }
    channel.write(ByteBuffer.wrap(new byte[1000]));
    System.out.println("writing");
    System.in.read();
    Runtime.getRuntime().halt(9);
  }
}
