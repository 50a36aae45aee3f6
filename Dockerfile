# syntax=docker/dockerfile:1
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json nest-cli.json ./
COPY src src
COPY projections projections
COPY examples examples
COPY web web
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=build --chown=root:root /app/package.json ./
COPY --from=build --chown=root:root /app/node_modules node_modules
COPY --from=build --chown=root:root /app/dist dist
COPY sbom.cdx.json LICENSE ./
COPY docs/licences.md docs/
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
# The file system may be read-only: everything that is written goes to /data.
# kafkajs starts a timer with a time that is past; that is harmless, and the only warning that is not shown.
# The other options are those of what answers, as src/node-options.ts explains them.
ENTRYPOINT ["node", "--disable-warning=TimeoutNegativeWarning", "--v8-pool-size=1", "--no-parallel-scavenge", \
  "--max-semi-space-size=4", "dist/src/cli.js"]
CMD ["serve"]
