package io.github.lodepngffm.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file that takes and gives few bytes at a time, so that a fault can come between them. */
final class FaultyChannel extends FileChannel {
  private final FileChannel real;
  private final Faults faults;

  FaultyChannel(FileChannel real, Faults faults) {
    this.real = real;
    this.faults = faults;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    faults.operation();
    return real.read(target);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    faults.operation();
    int bytes = Math.min(source.remaining(), faults.bytesAtOnce());
    int written = real.write(source.slice(source.position(), bytes));
    source.position(source.position() + written);
    return written;
  }

  /** As with real files, the descriptor is gone even when closing it reports a failure. */
  @Override
  protected void implCloseChannel() throws IOException {
    real.close();
    faults.operation();
  }

  @Override
  public long size() throws IOException {
    faults.operation();
    return real.size();
  }

  @Override
  public long position() throws IOException {
    return real.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    real.position(position);
    return this;
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    faults.operation();
    real.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    faults.operation();
    real.force(metaData);
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int read(ByteBuffer target, long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    faults.operation();
    int bytes = Math.min(source.remaining(), faults.bytesAtOnce());
    int written = real.write(source.slice(source.position(), bytes), position);
    source.position(source.position() + written);
    return written;
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }
}
