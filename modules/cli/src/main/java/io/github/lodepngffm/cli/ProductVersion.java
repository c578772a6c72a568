package io.github.lodepngffm.cli;

import io.github.lodepngffm.NativeSupport;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What {@code --version} prints. */
final class ProductVersion implements IVersionProvider {
  @Spec private CommandSpec command;

  @Override
  public String[] getVersion() {
    String version = ProductVersion.class.getPackage().getImplementationVersion();
    return new String[] {
      command.name() + " " + Objects.requireNonNullElse(version, "(not packaged)"),
      NativeSupport.version(),
      "Java " + Runtime.version()
    };
  }
}
