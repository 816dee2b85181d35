# What .ci/run needs, and .ci/run:
#   docker build -t lamina . && docker run --rm lamina
FROM debian:trixie-slim AS tools
ENV DOTNET_INSTALL_DIR=/usr/share/dotnet PATH=/usr/share/dotnet:$PATH
COPY global.json /setup/
COPY eng/setup /setup/eng/
# git, for editors and for the symbols' source link.
RUN apt-get update \
 && apt-get install -y --no-install-recommends git \
 && /setup/eng/setup \
 && rm -rf /var/lib/apt/lists/*

FROM tools
WORKDIR /lamina
COPY . .
CMD [".ci/run"]
