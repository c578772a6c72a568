package io.github.lodepngffm.cli;

import io.github.lodepngffm.NativeSupport;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class ProductVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = ProductVersion.class.getPackage().getImplementationVersion();
    return new String[] {
      "png2bmp " + Objects.requireNonNullElse(version, "(not packaged)"),
      NativeSupport.version(),
      "Java " + Runtime.version()
    };
  }
}
