#!/bin/sh
# Makes infra/.moto-venv with moto and cfn-lint, which the tests in infra/moto use. Safe to run again.
set -eu
cd "$(dirname "$0")/.."
python3 -m venv .moto-venv
.moto-venv/bin/pip install --quiet --disable-pip-version-check --requirement moto/requirements.txt
.moto-venv/bin/pip list --format freeze --disable-pip-version-check | grep -E '^(moto|cfn-lint)='
