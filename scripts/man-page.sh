#!/bin/sh
# Makes the pages in docs/man anew out of the options that the command line declares. To be run after a
# change of an option; ManualPageTest tells when it was forgotten.
set -eu
cd "$(dirname "$0")/.."

rm -rf modules/cli/target/man
SOURCE_DATE_EPOCH=1767225600 # 2026-01-01, so that the page changes only with the options
export SOURCE_DATE_EPOCH
mvn -B -q -f modules -pl cli -am -Pman -Dmaven.test.skip=true process-test-classes
mkdir -p docs/man
cp modules/cli/target/man/*.1 docs/man/
