# What .ci/run needs, and no more: docker build -t lamina . && docker run --rm -v "$PWD:/lamina" lamina
FROM mcr.microsoft.com/dotnet/sdk:10.0
COPY eng/setup /tmp/setup
RUN /tmp/setup && rm -rf /tmp/setup /var/lib/apt/lists/*
WORKDIR /lamina
CMD [".ci/run"]
