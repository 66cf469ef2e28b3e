export const id = 118;
export const ids = [118];
export const modules = {

/***/ 4463:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CD: () => (/* binding */ attempt),
/* harmony export */   _r: () => (/* binding */ awsFailureKind),
/* harmony export */   m_: () => (/* binding */ isAwsError)
/* harmony export */ });
/* unused harmony export toUserError */
/* harmony import */ var _message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(345);
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9751);


// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html and the SDK's own provider errors.
const kinds = {
    AccessDenied: 'access-denied',
    AccessDeniedException: 'access-denied',
    AuthorizationError: 'access-denied',
    NotAuthorized: 'access-denied',
    UnauthorizedOperation: 'access-denied',
    ExpiredToken: 'credentials-expired',
    ExpiredTokenException: 'credentials-expired',
    RequestExpired: 'credentials-expired',
    TokenRefreshRequired: 'credentials-expired',
    CredentialsProviderError: 'credentials-missing',
    InvalidClientTokenId: 'credentials-missing',
    UnrecognizedClientException: 'credentials-missing',
    IncompleteSignature: 'credentials-missing',
    SignatureDoesNotMatch: 'credentials-missing',
    Throttling: 'throttled',
    ThrottlingException: 'throttled',
    ThrottledException: 'throttled',
    TooManyRequestsException: 'throttled',
    RequestLimitExceeded: 'throttled',
    SlowDown: 'throttled',
    TimeoutError: 'connection',
    NetworkingError: 'connection',
};
const connectionCodes = new Set([
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
]);
function awsFailureKind(error) {
    if (!(error instanceof Error))
        return 'not-aws';
    const shape = error;
    const known = kinds[error.name];
    if (known !== undefined)
        return known;
    // The second is what the SDK says of AWS_REGION set to nothing, as `${{ vars.AWS_REGION }}` gives where there is none.
    if (/^Region (?:is missing|not accepted)/.test(error.message))
        return 'region-missing';
    if (connectionCode(error) !== undefined)
        return 'connection';
    if (shape.$metadata === undefined)
        return 'not-aws';
    return (shape.$metadata.httpStatusCode ?? 400) >= 500 ? 'server' : 'rejected';
}
/** True when the service answered with the error named, such as `ClusterNotFoundException`. */
function isAwsError(error, name) {
    return error instanceof Error && error.name === name;
}
/**
 * Runs one SDK call; what it rejects with becomes a UserError that says what was tried and how to mend it.
 *
 * @param what the call as IAM names it and its object: `ecs:DescribeServices on service web of cluster prod`
 * @throws UserError for everything AWS, the network or the credential chain refuses; other errors pass unchanged
 */
async function attempt(what, call) {
    try {
        return await call();
    }
    catch (error) {
        throw toUserError(error, what);
    }
}
/** The UserError for a rejected SDK call, or the error itself when it does not come from AWS, the network or credentials. */
function toUserError(error, what) {
    const kind = awsFailureKind(error);
    if (kind === 'not-aws' || !(error instanceof Error))
        return error;
    const [code, sentence] = explain(kind, error, what);
    return new _message_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(code, sentence, { cause: error });
}
function explain(kind, error, what) {
    const said = (0,_message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanRemoteLine */ .K)(error.message);
    switch (kind) {
        case 'access-denied':
            return [
                'access-denied',
                `AWS denied ${what}: ${said}. Allow it in the IAM policy of the role this job assumes.`,
            ];
        case 'credentials-expired':
            return [
                'credentials-expired',
                `The AWS credentials expired before ${what}: ${said}. Raise role-duration-seconds of configure-aws-credentials above the length of this job.`,
            ];
        case 'credentials-missing':
            return [
                'credentials-missing',
                `No usable AWS credentials for ${what}: ${said}. Run aws-actions/configure-aws-credentials before this step, with permissions: id-token: write.`,
            ];
        case 'region-missing':
            return [
                'region-missing',
                'No AWS region is set. Set AWS_REGION, or run aws-actions/configure-aws-credentials with aws-region before this step.',
            ];
        case 'throttled':
            return [
                'throttled',
                `AWS kept throttling ${what}: ${said}. Run fewer deployments at once, or ask AWS for a higher API quota.`,
            ];
        case 'connection':
            return [
                'connection-failed',
                `No connection for ${what}: ${connectionCode(error) ?? said}. Check the network and AWS_ENDPOINT_URL${endpointHint()}.`,
            ];
        case 'server':
            return [
                'aws-unavailable',
                `AWS failed ${what}: ${error.name}: ${said}. This is on AWS's side; run the job again.`,
            ];
        case 'rejected':
            return ['request-rejected', `AWS rejected ${what}: ${error.name}: ${said}`];
    }
}
function connectionCode(error) {
    for (let cause = error; cause instanceof Error; cause = cause.cause) {
        const { code } = cause;
        if (typeof code === 'string' && connectionCodes.has(code))
            return code;
        if (cause instanceof AggregateError && cause.errors.length > 0)
            return connectionCode(cause.errors[0]);
    }
    return undefined;
}
function endpointHint() {
    const endpoint = process.env['AWS_ENDPOINT_URL'];
    return endpoint === undefined || endpoint === '' ? '' : ` (${endpoint})`;
}


/***/ }),

/***/ 3389:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ clientConfig)
/* harmony export */ });
/**
 * What every SDK client of Slipway is made with. Region, credentials and AWS_ENDPOINT_URL* come from the SDK's own chain;
 * the default of `standard` retries covers throttling and lost connections with jittered back-off. The SDK itself would
 * wait for ever on a connection that went silent.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
function clientConfig(options = {}) {
    return {
        maxAttempts: 1 + (options.maxRetries ?? 3),
        customUserAgent: 'slipway',
        requestHandler: { connectionTimeout: 5_000, socketTimeout: 30_000 },
    };
}


/***/ }),

/***/ 6830:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  D: () => (/* binding */ openEcrRepository)
});

// EXTERNAL MODULE: ../../../node_modules/@aws-sdk/client-ecr/dist-cjs/index.js
var dist_cjs = __webpack_require__(5991);
// EXTERNAL MODULE: ./lib/image/digest.js
var digest = __webpack_require__(2285);
// EXTERNAL MODULE: ./lib/image/manifest.js
var manifest = __webpack_require__(4072);
// EXTERNAL MODULE: ./lib/message/user-error.js
var user_error = __webpack_require__(9751);
// EXTERNAL MODULE: ./lib/aws/aws-failure.js
var aws_failure = __webpack_require__(4463);
// EXTERNAL MODULE: ./lib/aws/client-config.js
var client_config = __webpack_require__(3389);
// EXTERNAL MODULE: ../../../node_modules/@smithy/core/dist-cjs/submodules/config/index.js
var config = __webpack_require__(7497);
;// CONCATENATED MODULE: ./lib/aws/shared-profile.js


/**
 * Reads a profile of the shared configuration for a client of ECR. The SDK would take other credentials for a profile that does
 * not exist, and looks a profile's endpoint up for AWS_PROFILE only.
 *
 * @throws UserError `credentials-missing` when neither file has the profile
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
async function readSharedProfile(profile) {
    const { configFile, credentialsFile } = await (0,config.loadSharedConfigFiles)();
    if (!Object.hasOwn(configFile, profile) && !Object.hasOwn(credentialsFile, profile)) {
        throw new user_error/* UserError */.y('credentials-missing', `There is no AWS profile "${profile}" in ~/.aws/config or ~/.aws/credentials (or where AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE say). Write it in an earlier step, with aws configure set --profile ${profile}.`);
    }
    const settings = configFile[profile] ?? {};
    const services = configFile[`services.${settings['services']}`] ?? {};
    const endpoint = process.env['AWS_ENDPOINT_URL_ECR'] ||
        process.env['AWS_ENDPOINT_URL'] ||
        services['ecr.endpoint_url'] ||
        settings['endpoint_url'];
    return { profile, ...(endpoint ? { endpoint } : {}) };
}

;// CONCATENATED MODULE: ./lib/aws/ecr-repository.js







// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html
const imagesPerCall = 100;
/** Opens a repository through ECR's API. Nothing is called yet. */
function openEcrRepository({ repository, registryId, maxRetries, region, profile, }) {
    const owner = registryId === undefined ? {} : { registryId };
    const base = { ...(0,client_config/* clientConfig */.y)({ maxRetries }), ...(region === undefined ? {} : { region }) };
    let client;
    async function connect() {
        client ??= new dist_cjs/* ECRClient */.S70(profile === undefined ? base : { ...base, ...(await readSharedProfile(profile)) });
        return client;
    }
    async function findPart(tags) {
        const command = new dist_cjs/* BatchGetImageCommand */.P8n({
            ...owner,
            repositoryName: repository,
            imageIds: tags.map((imageTag) => ({ imageTag })),
            acceptedMediaTypes: [...manifest/* manifestTypes */.Fm],
        });
        const { images = [] } = await (0,aws_failure/* attempt */.CD)(`ecr:BatchGetImage on repository ${repository}`, () => connect()
            .then((ecr) => ecr.send(command))
            .catch((error) => {
            throw (0,aws_failure/* isAwsError */.m_)(error, 'RepositoryNotFoundException')
                ? repositoryNotFound(repository, registryId)
                : error;
        }));
        return images.flatMap(({ imageId, imageManifest, imageManifestMediaType }) => {
            if (imageId?.imageTag === undefined || imageManifest === undefined)
                return [];
            const bytes = Buffer.from(imageManifest, 'utf8');
            const mediaType = imageManifestMediaType ?? (0,manifest/* manifestMediaType */.gp)(bytes, `image ${imageId.imageTag}`);
            return [[imageId.imageTag, { digest: imageId.imageDigest ?? (0,digest/* digestOf */.ol)(bytes), mediaType, bytes }]];
        });
    }
    return {
        async authorize() {
            const command = new dist_cjs/* GetAuthorizationTokenCommand */.Eu6(registryId === undefined ? {} : { registryIds: [registryId] });
            const { authorizationData } = await (0,aws_failure/* attempt */.CD)('ecr:GetAuthorizationToken', () => connect().then((ecr) => ecr.send(command)));
            return readLogin(authorizationData?.[0] ?? {});
        },
        async findTagged(tags) {
            const found = new Map();
            for (let from = 0; from < tags.length; from += imagesPerCall) {
                for (const [tag, manifest] of await findPart(tags.slice(from, from + imagesPerCall))) {
                    found.set(tag, manifest);
                }
            }
            return found;
        },
        async findTagMutability() {
            const command = new dist_cjs/* DescribeRepositoriesCommand */.pE_({ ...owner, repositoryNames: [repository] });
            const { repositories = [] } = await (0,aws_failure/* attempt */.CD)(`ecr:DescribeRepositories on ${repository}`, () => connect()
                .then((ecr) => ecr.send(command))
                .catch((error) => {
                if ((0,aws_failure/* awsFailureKind */._r)(error) === 'access-denied')
                    return { repositories: [] };
                throw error;
            }));
            return repositories[0] === undefined ? undefined : readMutability(repositories[0]);
        },
    };
}
/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Repository.html */
function readMutability({ imageTagMutability = 'MUTABLE', imageTagMutabilityExclusionFilters = [], }) {
    const exclusions = imageTagMutabilityExclusionFilters.flatMap(({ filter }) => filter ?? []);
    return { immutable: imageTagMutability.startsWith('IMMUTABLE'), exclusions };
}
/**
 * The token is `base64(AWS:password)`, and proxyEndpoint the registry's address with its scheme. Building the address from
 * account and region instead would miss FIPS, dual-stack and the other partitions.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_AuthorizationData.html
 */
function readLogin(data) {
    const [username, ...rest] = Buffer.from(data.authorizationToken ?? '', 'base64')
        .toString('utf8')
        .split(':');
    const password = rest.join(':');
    if (!username || password === '' || data.proxyEndpoint === undefined || !URL.canParse(data.proxyEndpoint)) {
        throw new user_error/* UserError */.y('request-rejected', 'ECR answered ecr:GetAuthorizationToken without a usable login');
    }
    return { origin: new URL(data.proxyEndpoint).origin, username, password };
}
function repositoryNotFound(repository, registryId) {
    const place = registryId === undefined ? "the caller's registry" : `registry ${registryId}`;
    return new user_error/* UserError */.y('repository-not-found', `ECR has no repository "${repository}" in ${place} in this region. Create it (aws ecr create-repository --repository-name ${repository}), or correct the inputs repository and registry-id or AWS_REGION.`);
}


/***/ }),

/***/ 1121:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ sayBytes)
/* harmony export */ });
/** A size as ECR's console says it, in decimal units: `512 B`, `4.2 MB`. */
function sayBytes(bytes) {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    let value = bytes;
    let unit = 0;
    while (value >= 999.95 && unit < units.length - 1) {
        value /= 1000;
        unit += 1;
    }
    return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}


/***/ }),

/***/ 2285:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   VK: () => (/* binding */ shortDigest),
/* harmony export */   m: () => (/* binding */ parseDigest),
/* harmony export */   ol: () => (/* binding */ digestOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9751);


/** True for `sha256:` and 64 lower-case hex digits: the only algorithm ECR stores images under. */
function isDigest(text) {
    return /^sha256:[0-9a-f]{64}$/.test(text);
}
/** The digest of bytes that are in memory, such as a manifest. */
function digestOf(bytes) {
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex')}`;
}
/** A digest as people tell two apart: `sha256:` and its first 12 hex digits. */
function shortDigest(digest) {
    return digest.slice(0, 'sha256:'.length + 12);
}
/** @throws UserError `image-reference-invalid` when the text is no sha256 digest */
function parseDigest(text) {
    const digest = text.trim();
    if (isDigest(digest))
        return digest;
    throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y('image-reference-invalid', `"${digest}" is not a digest; expected sha256: and 64 hex digits`);
}


/***/ }),

/***/ 2364:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ forEachParallel)
/* harmony export */ });
/** A few transfers at once fill a link that one alone does not, and keep memory flat. docker's default too. */
const parallelTasks = 3;
/**
 * Does a task for every item, three at a time. The first failure is thrown; what has not begun by then never begins, and the
 * signal tells what has begun to end.
 */
async function forEachParallel(items, task) {
    const queue = [...items];
    const stop = new AbortController();
    const work = async () => {
        for (let item = queue.shift(); item !== undefined; item = queue.shift())
            await task(item, stop.signal);
    };
    try {
        await Promise.all(Array.from({ length: parallelTasks }, work));
    }
    catch (error) {
        queue.length = 0;
        stop.abort(error);
        throw error;
    }
}


/***/ }),

/***/ 9436:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ untilAborted),
/* harmony export */   w: () => (/* binding */ contentSizeBytes)
/* harmony export */ });
/** Bytes of all blobs: what an upload into an empty repository moves. */
function contentSizeBytes(content) {
    return content.blobs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
/** The same blob, whose reading fails with the signal's reason once that has fired. */
function untilAborted(blob, signal) {
    return {
        digest: blob.digest,
        sizeBytes: blob.sizeBytes,
        async *open(startBytes) {
            for await (const chunk of blob.open(startBytes)) {
                signal.throwIfAborted();
                yield chunk;
            }
        },
    };
}


/***/ }),

/***/ 3505:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ registryHost)
/* harmony export */ });
/** The host part of a login's origin, as image references begin with it. */
function registryHost({ origin }) {
    return new URL(origin).host;
}


/***/ }),

/***/ 4072:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BA: () => (/* binding */ parseDescriptor),
/* harmony export */   FL: () => (/* binding */ parsePlatform),
/* harmony export */   Fm: () => (/* binding */ manifestTypes),
/* harmony export */   KP: () => (/* binding */ ociIndex),
/* harmony export */   Ng: () => (/* binding */ parseManifest),
/* harmony export */   Uw: () => (/* binding */ imageSizeBytes),
/* harmony export */   WI: () => (/* binding */ readManifest),
/* harmony export */   dw: () => (/* binding */ parseJsonObject),
/* harmony export */   gp: () => (/* binding */ manifestMediaType),
/* harmony export */   kh: () => (/* binding */ dockerManifest),
/* harmony export */   qF: () => (/* binding */ parseJson),
/* harmony export */   sJ: () => (/* binding */ isForeignLayer)
/* harmony export */ });
/* unused harmony exports ociManifest, dockerIndex */
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9751);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2285);


const ociManifest = 'application/vnd.oci.image.manifest.v1+json';
const ociIndex = 'application/vnd.oci.image.index.v1+json';
const dockerManifest = 'application/vnd.docker.distribution.manifest.v2+json';
const dockerIndex = 'application/vnd.docker.distribution.manifest.list.v2+json';
/** Every manifest type that ECR stores, and that we can read. https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-manifest-formats.html */
const manifestTypes = [ociIndex, ociManifest, dockerIndex, dockerManifest];
/**
 * Reads a manifest or index.
 *
 * @param what how messages name it: `manifest sha256:0123…`
 * @throws UserError `archive-invalid` when it is no manifest of a known kind
 */
function parseManifest(bytes, what) {
    const value = parseJsonObject(bytes, what);
    if (Array.isArray(value['manifests'])) {
        return { kind: 'index', manifests: value['manifests'].map((item) => parseDescriptor(item, what)) };
    }
    if (Array.isArray(value['layers']) && value['config'] !== undefined) {
        return {
            kind: 'image',
            config: parseDescriptor(value['config'], what),
            layers: value['layers'].map((item) => parseDescriptor(item, what)),
        };
    }
    throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('archive-invalid', `${what} is neither an image manifest (schema 2 or OCI) nor an index`);
}
/** The media type a manifest states; OCI lets one be silent about it, and then its shape tells. */
function manifestMediaType(bytes, what) {
    const stated = parseJsonObject(bytes, what)['mediaType'];
    if (typeof stated === 'string' && stated !== '')
        return stated;
    return parseManifest(bytes, what).kind === 'index' ? ociIndex : ociManifest;
}
/**
 * Bytes that a pull of the image moves: configuration and layers, compressed as stored. Undefined for an index, whose pulls
 * differ by platform, and for what is no image.
 */
function imageSizeBytes(manifest) {
    const content = readManifest(manifest);
    if (content?.kind !== 'image')
        return undefined;
    return [content.config, ...content.layers].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
/** A manifest's content, or undefined for one of another kind: a repository may hold any artifact under any tag. */
function readManifest(bytes) {
    try {
        return parseManifest(bytes, 'the manifest');
    }
    catch (error) {
        if (error instanceof _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y)
            return undefined;
        throw error;
    }
}
/** True for layers that stay at their own place and are never uploaded (Windows base layers of old). */
function isForeignLayer({ mediaType }) {
    return mediaType.includes('nondistributable') || mediaType.includes('.foreign.');
}
/** Reads the descriptor at a place of a JSON document. */
function parseDescriptor(value, what) {
    const { mediaType, digest, size, platform } = asObject(value);
    if (typeof digest !== 'string' || !(0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(digest)) {
        throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('archive-invalid', `${what} names content without a sha256 digest`);
    }
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
        throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('archive-invalid', `${what} gives no size for ${digest}`);
    }
    return {
        digest,
        sizeBytes: size,
        mediaType: typeof mediaType === 'string' ? mediaType : '',
        platform: parsePlatform(platform),
    };
}
/** `os/architecture[/variant]` of a platform object or an image's configuration; undefined when it does not say. */
function parsePlatform(value) {
    const { os, architecture, variant } = asObject(value);
    if (typeof os !== 'string' || typeof architecture !== 'string')
        return undefined;
    if (os === '' || architecture === '' || os === 'unknown')
        return undefined;
    return typeof variant === 'string' && variant !== ''
        ? `${os}/${architecture}/${variant}`
        : `${os}/${architecture}`;
}
/** @throws UserError `archive-invalid` when the bytes are no JSON object */
function parseJsonObject(bytes, what) {
    const value = parseJson(bytes, what);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
        return asObject(value);
    throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('archive-invalid', `${what} is not a JSON object`);
}
/** @throws UserError `archive-invalid` when the bytes are no JSON */
function parseJson(bytes, what) {
    try {
        return JSON.parse(Buffer.from(bytes).toString('utf8'));
    }
    catch (error) {
        throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('archive-invalid', `${what} is not valid JSON`, { cause: error });
    }
}
function asObject(value) {
    return typeof value === 'object' && value !== null ? value : {};
}


/***/ }),

/***/ 8404:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $M: () => (/* binding */ parseRepositoryName),
/* harmony export */   HC: () => (/* binding */ referenceByDigest)
/* harmony export */ });
/* unused harmony exports parseImageReference, referenceByTag */
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9751);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2285);
/* harmony import */ var _tag_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4781);



// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html (repositoryName, 2 to 256 characters)
const repositoryName = /^[a-z0-9]+(?:[._-][a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-][a-z0-9]+)*)*$/;
// A repository's first component may hold dots too (`my.team/web`), so only what can be nothing else counts as a host.
const knownHost = /^localhost$|:\d+$|^\d+(?:\.\d+){3}$|\.amazonaws\.|\.on\.aws$|^public\.ecr\.aws$|\.(?:com|io)$/;
const registryHost = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(?::\d+)?$/;
/**
 * Reads the name of a repository within the caller's own registry, such as `team/web`.
 *
 * @throws UserError `image-reference-invalid` for a name ECR does not allow, or one with a registry, tag or digest
 */
function parseRepositoryName(text) {
    const name = text.trim();
    const first = name.split('/')[0] ?? '';
    if (name.includes('/') && knownHost.test(first)) {
        throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('image-reference-invalid', `"${name}" names a registry; give the repository's name alone, such as "${name.slice(first.length + 1).split(/[:@]/)[0]}": the registry follows from the AWS credentials and registry-id`);
    }
    if (/[:@]/.test(name)) {
        throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('image-reference-invalid', `"${name}" has a tag or digest; give the repository's name alone, such as "${name.split(/[:@]/)[0]}", and tags by the input "tags"`);
    }
    if (repositoryName.test(name) && name.length >= 2 && name.length <= 256)
        return name;
    throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('image-reference-invalid', `"${name}" is not a repository name; expected 2 to 256 lower-case letters and digits, with single . _ - or / between them`);
}
/**
 * Reads a full reference. The first component is a registry when it holds a dot or a port, or is `localhost`, as docker
 * has it (https://pkg.go.dev/github.com/distribution/reference).
 *
 * @throws UserError `image-reference-invalid` that says what is wrong with it
 */
function parseImageReference(text) {
    const reference = text.trim();
    const slash = reference.indexOf('/');
    const registry = reference.slice(0, Math.max(0, slash));
    const [path = '', digest] = splitOnce(reference.slice(slash + 1), '@');
    const [repository = '', tag] = splitOnce(path, ':');
    const problem = findProblem({ registry, repository, tag, digest });
    if (problem === undefined)
        return { registry, repository, tag, digest };
    throw new UserError('image-reference-invalid', `"${reference}" is not an image reference: ${problem}; expected host/repository:tag or host/repository@sha256:…`);
}
/** `host/repository@sha256:…`, the form in which an image never changes. */
function referenceByDigest(registry, repository, digest) {
    return `${registry}/${repository}@${digest}`;
}
/** `host/repository:tag`. */
function referenceByTag(registry, repository, tag) {
    return `${registry}/${repository}:${tag}`;
}
function findProblem({ registry, repository, tag, digest }) {
    if (!looksLikeHost(registry) || !registryHost.test(registry))
        return 'it does not begin with a registry';
    if (!repositoryName.test(repository))
        return `"${repository}" is not a repository name`;
    if (tag !== undefined && !isTag(tag))
        return `"${tag}" is not a tag`;
    if (digest !== undefined && !isDigest(digest))
        return `"${digest}" is not a sha256 digest`;
    return undefined;
}
function looksLikeHost(text) {
    return text === 'localhost' || /[.:]/.test(text);
}
function splitOnce(text, separator) {
    const at = text.indexOf(separator);
    return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}


/***/ }),

/***/ 2153:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _g: () => (/* binding */ registryOrigin),
/* harmony export */   cW: () => (/* binding */ isLoopbackHost),
/* harmony export */   wl: () => (/* binding */ parseEcrHost)
/* harmony export */ });
// Plain, FIPS and dual-stack hosts of every partition. Only these suffixes are AWS's: a token of ECR must go nowhere else.
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html
const ecrHost = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z]+(?:-[a-z]+)+-\d+)\.(?:amazonaws\.(?:com|com\.cn|eu)|on\.(?:aws|amazonwebservices\.com\.cn)|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/;
/** Account and region in the host name of a private ECR registry; undefined for any other host. */
function parseEcrHost(host) {
    const [, registryId, region] = ecrHost.exec(host) ?? [];
    return registryId === undefined || region === undefined ? undefined : { registryId, region };
}
/** True for this machine, with or without a port. */
function isLoopbackHost(host) {
    return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/.test(host);
}
/** Scheme and host under which a registry answers: http on this machine, https anywhere else, as docker has it. */
function registryOrigin(host) {
    if (isLoopbackHost(host))
        return `http://${host}`;
    return `https://${host === 'docker.io' ? 'registry-1.docker.io' : host}`;
}


/***/ }),

/***/ 9759:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ TransientFailure),
/* harmony export */   j: () => (/* binding */ retryTransient)
/* harmony export */ });
/** A failure that may pass by itself. `final` is what the user reads when it does not. */
class TransientFailure extends Error {
    final;
    retryAfterSeconds;
    constructor(final, retryAfterSeconds) {
        super(final.message, { cause: final });
        this.name = 'TransientFailure';
        this.final = final;
        this.retryAfterSeconds = retryAfterSeconds;
    }
}
const baseSeconds = 0.5;
const ceilingSeconds = 20;
/**
 * Calls `operation` until it succeeds, fails for good, or has been retried often enough. Waits grow from half a second,
 * doubled each time, cut at 20 s, with full jitter (https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/);
 * a Retry-After of the registry is the least it waits.
 */
async function retryTransient({ clock, random, maxRetries, log }, operation) {
    for (let attempt = 1;; attempt += 1) {
        try {
            return await operation();
        }
        catch (error) {
            if (!(error instanceof TransientFailure))
                throw error;
            if (attempt > maxRetries)
                throw error.final;
            const jittered = random() * Math.min(ceilingSeconds, baseSeconds * 2 ** (attempt - 1));
            const seconds = Math.max(jittered, Math.min(error.retryAfterSeconds ?? 0, 60));
            log.info(`${error.message} Trying again in ${seconds.toFixed(1)} s (${attempt} of ${maxRetries}).`);
            await clock.sleep(seconds * 1000);
        }
    }
}


/***/ }),

/***/ 2269:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ tagImage),
/* harmony export */   X: () => (/* binding */ tagImmutable)
/* harmony export */ });
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9751);
/* harmony import */ var _tag_state_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1585);


/**
 * Puts the very same manifest under every tag that lacks it.
 *
 * @throws UserError that also names the tags which already have the image, so that nobody is left with a half-tagged image
 *   unknowingly; `tag-immutable` names the digest that holds the tag
 */
async function tagImage(request) {
    const { repository, manifest, state } = request;
    const done = [...request.tagged];
    const missing = request.tags.filter((tag) => !done.includes(tag));
    for (const tag of (0,_tag_state_js__WEBPACK_IMPORTED_MODULE_1__/* .orderForPush */ .yD)(missing, state)) {
        try {
            await repository.putManifest(tag, manifest);
        }
        catch (error) {
            throw explainTagFailure(error, tag, done, request);
        }
        done.push(tag);
    }
}
/** The error for a tag that an immutable repository keeps, naming both digests. */
function tagImmutable({ name, state }, tag, ours, cause) {
    const holder = state.get(tag)?.digest ?? 'another digest';
    return new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('tag-immutable', `The tag "${tag}" of ${name} belongs to ${holder}, and the repository's tags are immutable; this image is ${ours}. Give it a tag of its own, or exclude the tag from immutability if it is meant to move.`, { cause });
}
function explainTagFailure(error, tag, done, request) {
    if (!(error instanceof _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y))
        return error;
    const explained = error.code === 'tag-immutable' ? tagImmutable(request, tag, request.manifest.digest, error) : error;
    if (done.length === 0)
        return explained;
    const rest = request.tags.filter((other) => !done.includes(other));
    return new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y(explained.code, `${explained.message} The image has the tags ${done.join(', ')} and lacks ${rest.join(', ')}.`, { cause: error });
}


/***/ }),

/***/ 9030:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ isTagImmutable)
/* harmony export */ });
/**
 * Whether a tag that exists can never move to another image. `*` in an exclusion stands for any characters.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
 */
function isTagImmutable({ immutable, exclusions }, tag) {
    return exclusions.some((pattern) => matchesWildcard(pattern, tag)) ? !immutable : immutable;
}
function matchesWildcard(pattern, tag) {
    const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`).test(tag);
}


/***/ }),

/***/ 1585:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Xt: () => (/* binding */ findSameImage),
/* harmony export */   Yv: () => (/* binding */ findReusableImage),
/* harmony export */   yD: () => (/* binding */ orderForPush)
/* harmony export */ });
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4072);

/**
 * The image that makes a build of this commit unnecessary: every tag exists, all with one digest, and at least one names the
 * commit, as a moving tag such as `main` may have been left by an older one.
 */
function findReusableImage(tags, state) {
    if (!tags.some(({ namesCommit }) => namesCommit))
        return undefined;
    const [first, ...rest] = tags.map(({ name }) => state.get(name));
    return first !== undefined && rest.every((other) => other?.digest === first.digest) ? first : undefined;
}
/**
 * The stored image that a local build equals: the daemon's image id is the digest of the configuration, or of the manifest
 * where containerd keeps the images. Pushing it again would be refused by a repository with immutable tags, even though
 * nothing would change (https://github.com/aws/containers-roadmap/issues/2380).
 */
function findSameImage(imageId, state) {
    if (imageId === undefined)
        return undefined;
    for (const manifest of state.values()) {
        if (manifest.digest === imageId)
            return manifest;
        const content = (0,_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .readManifest */ .WI)(manifest.bytes);
        if (content?.kind === 'image' && content.config.digest === imageId)
            return manifest;
    }
    return undefined;
}
/**
 * Tags in the order to push them: first those that another image has, as an immutable repository refuses them, and then
 * nothing is left half tagged.
 */
function orderForPush(tags, state) {
    return [...tags.filter((tag) => state.has(tag)), ...tags.filter((tag) => !state.has(tag))];
}


/***/ }),

/***/ 4781:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Mx: () => (/* binding */ mapToTag),
/* harmony export */   a_: () => (/* binding */ requireTag),
/* harmony export */   dz: () => (/* binding */ isTag)
/* harmony export */ });
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9751);

// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
const tag = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
/** True for what a registry takes as a tag. */
function isTag(text) {
    return tag.test(text);
}
/** Maps each run of characters that no tag may hold to one `-`, as docker/metadata-action documents for its tags. */
function mapToTag(text) {
    return text.replace(/[^A-Za-z0-9._-]+/g, '-');
}
/** @throws UserError `input-invalid` when the text is no legal tag */
function requireTag(text) {
    if (isTag(text))
        return text;
    throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('input-invalid', `"${text}" is not a legal tag: ${tagProblem(text)}`);
}
function tagProblem(text) {
    if (text.length > 128)
        return `it has ${text.length} characters and a tag may have 128`;
    if (/^[.-]/.test(text))
        return 'a tag may not begin with a dot or a dash';
    return 'a tag may hold ASCII letters, digits, and _ . - only (type=raw,value=… maps others to a dash)';
}


/***/ }),

/***/ 7955:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ly: () => (/* binding */ isoTime),
/* harmony export */   XL: () => (/* binding */ clockDuration),
/* harmony export */   kP: () => (/* binding */ sayDuration)
/* harmony export */ });
/** Whole seconds as a person says them: `45 s`, `4 min 12 s`, `1 h 5 min`. */
function sayDuration(seconds) {
    const whole = Math.max(0, Math.round(seconds));
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor((whole % 3600) / 60);
    const rest = whole % 60;
    if (hours > 0)
        return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
    if (minutes > 0)
        return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`;
    return `${rest} s`;
}
/** Elapsed time as a log column shows it: `0:04`, `12:30`, `1:05:00`. */
function clockDuration(seconds) {
    const whole = Math.max(0, Math.floor(seconds));
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor((whole % 3600) / 60);
    const two = (value) => String(value).padStart(2, '0');
    return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
/** Epoch milliseconds as ISO 8601 in UTC. */
function isoTime(epochMilliseconds) {
    // biome-ignore lint/style/noRestrictedGlobals: formats a time it is given; it does not read the clock.
    return new Date(epochMilliseconds).toISOString();
}


/***/ }),

/***/ 345:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ cleanRemoteLine),
/* harmony export */   j: () => (/* binding */ cleanRemoteText)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7975);

const workflowCommand = /^(\s*)(::|##\[)/;
// C0 and C1 controls but tab and newline, and the Unicode direction overrides that can reorder a line on screen.
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
/**
 * Makes text from elsewhere (container logs, stop reasons, build output) harmless to print in a job log: ANSI escapes,
 * carriage returns and control characters go, and a line that the runner would take for a workflow command
 * (`::name::value`, or the older `##[name]value`) is shown instead of obeyed, by a zero-width space inside its marker.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
function cleanRemoteText(text) {
    return (0,node_util__WEBPACK_IMPORTED_MODULE_0__.stripVTControlCharacters)(text.replaceAll('\r\n', '\n'))
        .split(/[\n\r\u2028\u2029]/)
        .map((line) => disarmCommand(line.replace(invisible, '')))
        .join('\n');
}
/** One line of remote text, cut to `limit` characters with an ellipsis. */
function cleanRemoteLine(text, limit = 500) {
    const line = cleanRemoteText(text).replaceAll('\n', ' ').trim();
    return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}
// The runner looks for `##[` anywhere in a line and for `::` at its start (after blanks).
function disarmCommand(line) {
    return line
        .replaceAll('##[', '#\u200b#[')
        .replace(workflowCommand, (marker) => marker.replace('::', ':\u200b:'));
}


/***/ }),

/***/ 9751:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ UserError)
/* harmony export */ });
/**
 * The world or the configuration is wrong, and a person can mend it: one sentence that says how.
 * It becomes one `::error::` annotation without a stack. Anything else thrown is our own bug and prints its stack.
 */
class UserError extends Error {
    code;
    constructor(code, message, options) {
        super(message, options);
        this.name = 'UserError';
        this.code = code;
    }
}


/***/ }),

/***/ 1917:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  is: () => (/* binding */ hasBlob),
  ti: () => (/* binding */ mountBlob),
  i4: () => (/* binding */ sendBlob)
});

// EXTERNAL MODULE: ./lib/image/digest.js
var image_digest = __webpack_require__(2285);
// EXTERNAL MODULE: ./lib/image/registry-host.js
var registry_host = __webpack_require__(2153);
// EXTERNAL MODULE: ./lib/image/retry.js
var image_retry = __webpack_require__(9759);
// EXTERNAL MODULE: ./lib/message/user-error.js
var user_error = __webpack_require__(9751);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/registry/verified-bytes.js

// What is read again, at most, to go on with a digest in the middle of a blob.
const checkpointBytes = 8 * 1024 * 1024;
/**
 * Hashes a blob while it is read. States of the hash are kept on the way, so that reading from an offset needs no reading
 * from the start.
 *
 * @param damaged the error for content that is not what its digest says
 */
function verifiedBytes(blob, damaged) {
    const first = { offsetBytes: 0, hash: (0,external_node_crypto_.createHash)('sha256') };
    const checkpoints = [];
    async function* read(offsetBytes) {
        const start = checkpoints.findLast((checkpoint) => checkpoint.offsetBytes <= offsetBytes) ?? first;
        const hash = start.hash.copy();
        let position = start.offsetBytes;
        let held;
        for await (const chunk of blob.open(position)) {
            if (held !== undefined)
                yield held;
            hash.update(chunk);
            const skip = Math.min(chunk.length, Math.max(0, offsetBytes - position));
            held = skip < chunk.length ? chunk.subarray(skip) : undefined;
            position += chunk.length;
            if (position > blob.sizeBytes)
                break;
            keepCheckpoint(checkpoints, position, hash);
        }
        if (position !== blob.sizeBytes || `sha256:${hash.digest('hex')}` !== blob.digest) {
            checkpoints.length = 0;
            throw damaged(blob.digest);
        }
        if (held !== undefined)
            yield held;
    }
    return { from: read };
}
function keepCheckpoint(checkpoints, offsetBytes, hash) {
    const last = checkpoints.at(-1)?.offsetBytes ?? 0;
    if (offsetBytes - last >= checkpointBytes)
        checkpoints.push({ offsetBytes, hash: hash.copy() });
}

;// CONCATENATED MODULE: ./lib/registry/blob-upload.js





/** Whether the repository has a blob. */
function hasBlob({ transport, repository, retry }, digest) {
    return (0,image_retry/* retryTransient */.j)(retry, async () => {
        const response = await transport({
            method: 'HEAD',
            url: `/v2/${repository}/blobs/${digest}`,
            what: `the check for blob ${(0,image_digest/* shortDigest */.VK)(digest)} in ${repository}`,
            expected: [200, 404],
        });
        return response.status === 200;
    });
}
/**
 * Asks the registry to take a blob from another of its repositories. It may begin an upload instead, as ECR does where blob
 * mounting is off, or the encryption of the repositories differs; its location is the answer then.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/blob-mounting.html
 */
function mountBlob(target, digest, from) {
    const what = `the mount of blob ${(0,image_digest/* shortDigest */.VK)(digest)} from ${from} in ${target.repository}`;
    const query = new URLSearchParams({ mount: digest, from });
    return (0,image_retry/* retryTransient */.j)(target.retry, async () => {
        const response = await target.transport({
            method: 'POST',
            url: `/v2/${target.repository}/blobs/uploads/?${query}`,
            what,
            body: () => new Uint8Array(),
            expected: [201, 202],
        });
        await response.body?.cancel();
        return response.status === 201 ? 'mounted' : uploadLocation(response, what);
    });
}
/**
 * Uploads a blob: POST for a session, PATCH with the bytes, PUT with the digest, the order in which docker itself pushes.
 * After a cut it goes on where the registry says the upload stands, or starts again where it cannot say.
 *
 * @param session an upload that has begun already
 */
async function sendBlob(target, blob, session) {
    let mayResume = resumesUploads(target.origin);
    let begun = session;
    let attempts = 0;
    const bytes = verifiedBytes(blob, (digest) => {
        begun = undefined;
        return target.damaged(digest);
    });
    await (0,image_retry/* retryTransient */.j)(target.retry, async () => {
        attempts += 1;
        const upload = attempts === 1 && begun !== undefined
            ? { location: begun, offsetBytes: 0 }
            : await openUpload(target, blob, mayResume ? begun : undefined);
        begun = upload.location;
        try {
            begun = await sendBytes(target, blob, upload, () => bytes.from(upload.offsetBytes));
            await closeUpload(target, blob, begun);
        }
        catch (error) {
            if (upload.offsetBytes === 0 || !(error instanceof user_error/* UserError */.y))
                throw error;
            // Half of this upload came from a session that broke; only a fresh one shows whether the content is at fault.
            mayResume = false;
            throw new image_retry/* TransientFailure */.$(error);
        }
    });
}
// ECR takes a second PATCH with 201 and drops its bytes: https://github.com/aws/containers-roadmap/issues/2831
function resumesUploads(origin) {
    return (0,registry_host/* parseEcrHost */.wl)(new URL(origin).host) === undefined;
}
async function openUpload(target, blob, broken) {
    const standing = broken === undefined ? undefined : await findUpload(target, blob, broken);
    if (standing !== undefined)
        return standing;
    const what = describe(target, blob);
    const response = await target.transport({
        method: 'POST',
        url: `/v2/${target.repository}/blobs/uploads/`,
        what,
        body: () => new Uint8Array(),
        expected: [202],
    });
    await response.body?.cancel();
    return { location: uploadLocation(response, what), offsetBytes: 0 };
}
/** Where a broken upload stands; undefined when the registry has nothing of it, or does not say. */
async function findUpload({ transport, ...target }, blob, url) {
    const what = describe(target, blob);
    let response;
    try {
        response = await transport({ method: 'GET', url, what, expected: [204] });
    }
    catch (error) {
        if (error instanceof user_error/* UserError */.y)
            return undefined;
        throw error;
    }
    // Zero bytes and one byte are both `0-0`, so that nothing is lost by sending the first byte again.
    const last = Number(/^(?:bytes=)?0-(\d+)$/.exec(response.headers.get('range') ?? '')?.[1] ?? 0);
    const location = response.headers.get('location');
    if (last === 0 || last >= blob.sizeBytes)
        return undefined;
    return { location: location === null ? url : new URL(location, response.url), offsetBytes: last + 1 };
}
async function sendBytes({ transport, ...target }, blob, { location, offsetBytes }, body) {
    const what = describe(target, blob);
    // The registry may have had every byte when the connection broke.
    if (offsetBytes > 0 && offsetBytes === blob.sizeBytes)
        return location;
    const range = offsetBytes === 0 ? {} : { 'content-range': `${offsetBytes}-${blob.sizeBytes - 1}` };
    const response = await transport({
        method: 'PATCH',
        url: location,
        what,
        headers: {
            'content-type': 'application/octet-stream',
            'content-length': String(blob.sizeBytes - offsetBytes),
            ...range,
        },
        body,
        expected: offsetBytes === 0 ? [201, 202, 204] : [201, 202, 204, 416],
    });
    await response.body?.cancel();
    // It took more bytes of the broken connection after it was asked; asking again tells how many.
    if (response.status === 416)
        throw new image_retry/* TransientFailure */.$(outOfStep(what));
    return uploadLocation(response, what);
}
async function closeUpload(target, blob, location) {
    const url = new URL(location);
    url.searchParams.set('digest', blob.digest);
    const response = await target.transport({
        method: 'PUT',
        url,
        what: describe(target, blob),
        body: () => new Uint8Array(),
        expected: [201, 204],
    });
    await response.body?.cancel();
}
function describe({ repository }, { digest }) {
    return `the upload of blob ${(0,image_digest/* shortDigest */.VK)(digest)} to ${repository}`;
}
function outOfStep(what) {
    return new user_error/* UserError */.y('push-failed', `The registry and this job could not agree how far ${what} had come.`);
}
function uploadLocation(response, what) {
    const location = response.headers.get('location');
    if (location !== null)
        return new URL(location, response.url);
    throw new user_error/* UserError */.y('push-failed', `The registry gave no location for ${what}`);
}


/***/ }),

/***/ 4221:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RV: () => (/* binding */ putManifest),
/* harmony export */   c2: () => (/* binding */ getManifest),
/* harmony export */   tk: () => (/* binding */ readLimited)
/* harmony export */ });
/* harmony import */ var _image_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2285);
/* harmony import */ var _image_manifest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4072);
/* harmony import */ var _image_retry_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9759);
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9751);
/* harmony import */ var _registry_failure_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1727);





// Registries accept manifests up to 4 MiB. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests
const jsonLimitBytes = 4 * 1024 * 1024;
/** One attempt at the manifest under a tag or digest, its bytes checked against its digest. */
async function getManifest(transport, repository, reference) {
    const what = `manifest ${reference} of ${repository}`;
    const response = await transport({
        method: 'GET',
        url: `/v2/${repository}/manifests/${reference}`,
        what: `the read of ${what}`,
        headers: { accept: _image_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .manifestTypes */ .Fm.join(', ') },
        expected: [200, 404],
    });
    if (response.status === 404)
        return await requireRepository(response, what);
    const bytes = await readLimited(response, what);
    const digest = (0,_image_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(bytes);
    if ((0,_image_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(reference) && digest !== reference) {
        throw new _image_retry_js__WEBPACK_IMPORTED_MODULE_2__/* .TransientFailure */ .$(new _message_user_error_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y('push-failed', `The registry answered ${what} with content whose digest is ${digest}`));
    }
    const mediaType = response.headers.get('content-type')?.split(';')[0]?.trim();
    return { digest, bytes, mediaType: mediaType || (0,_image_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .manifestMediaType */ .gp)(bytes, what) };
}
/** One attempt to store a manifest under a tag or its digest. */
async function putManifest(transport, repository, reference, manifest) {
    const what = `the push of ${repository}${(0,_image_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(reference) ? '@' : ':'}${reference}`;
    const response = await transport({
        method: 'PUT',
        url: `/v2/${repository}/manifests/${reference}`,
        what,
        headers: { 'content-type': manifest.mediaType },
        body: () => manifest.bytes,
        expected: [200, 201, 202],
    });
    await response.body?.cancel();
    const stored = response.headers.get('docker-content-digest');
    if (stored === null || stored === manifest.digest)
        return;
    throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y('push-failed', `After ${what} the registry holds ${stored}, not ${manifest.digest}`);
}
/** The body of an answer that must be small: a manifest, an index or a configuration. */
async function readLimited(response, what) {
    const chunks = [];
    let sizeBytes = 0;
    try {
        for await (const chunk of response.body ?? []) {
            sizeBytes += chunk.length;
            if (sizeBytes > jsonLimitBytes)
                break;
            chunks.push(chunk);
        }
    }
    catch (error) {
        throw (0,_registry_failure_js__WEBPACK_IMPORTED_MODULE_4__/* .connectionFailure */ .D)(error, new URL(response.url).origin, `the read of ${what}`);
    }
    if (sizeBytes <= jsonLimitBytes)
        return Buffer.concat(chunks);
    throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y('push-failed', `The ${what} is larger than 4 MiB`);
}
/** A 404 may stand for the manifest or for the whole repository; only the body tells. */
async function requireRepository(response, what) {
    const failure = await (0,_registry_failure_js__WEBPACK_IMPORTED_MODULE_4__/* .registryFailure */ .M)(response, what);
    if (failure instanceof _message_user_error_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y && failure.code === 'repository-not-found')
        throw failure;
    return undefined;
}


/***/ }),

/***/ 1727:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ connectionFailure),
/* harmony export */   M: () => (/* binding */ registryFailure)
/* harmony export */ });
/* harmony import */ var _image_retry_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9759);
/* harmony import */ var _message_remote_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(345);
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9751);
/* harmony import */ var _system_failure_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7325);




const transientStatuses = new Set([401, 408, 425, 429]);
/**
 * The error for an answer that is not what a request hoped for. A 401 counts as transient: ECR's front answers it now and
 * then to a token that is good (https://github.com/docker/build-push-action/issues/719).
 *
 * @param what the request and its object: `upload of blob sha256:0123… to web`
 */
async function registryFailure(response, what) {
    const said = await readErrors(response);
    const error = explain(response.status, said, what);
    if (!transientStatuses.has(response.status) && response.status < 500)
        return error;
    return new _image_retry_js__WEBPACK_IMPORTED_MODULE_0__/* .TransientFailure */ .$(error, retryAfterSeconds(response));
}
/** The error for a request that got no answer, or lost it. */
function connectionFailure(error, origin, what) {
    const reason = (0,_system_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .failureCode */ .A)(error) ?? (0,_message_remote_text_js__WEBPACK_IMPORTED_MODULE_1__/* .cleanRemoteLine */ .K)((0,_system_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .failureMessage */ .o)(error));
    return new _image_retry_js__WEBPACK_IMPORTED_MODULE_0__/* .TransientFailure */ .$(new _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y('connection-failed', `No connection to the registry ${origin} for ${what}: ${reason}. Check the network and the registry's address.`, { cause: error }));
}
// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes
async function readErrors(response) {
    const body = await response.text().catch(() => '');
    try {
        const { errors } = JSON.parse(body);
        const list = Array.isArray(errors) ? errors : [];
        const codes = list.map(({ code }) => String(code ?? ''));
        const messages = list.map(({ message, detail }) => message || JSON.stringify(detail ?? ''));
        return { codes, text: (0,_message_remote_text_js__WEBPACK_IMPORTED_MODULE_1__/* .cleanRemoteLine */ .K)(messages.join('; ') || body) };
    }
    catch {
        return { codes: [], text: (0,_message_remote_text_js__WEBPACK_IMPORTED_MODULE_1__/* .cleanRemoteLine */ .K)(body || response.statusText) };
    }
}
function explain(status, { codes, text }, what) {
    const said = `${status} ${[...codes, text].filter((part) => part !== '').join(': ')}`.trim();
    if (codes.includes('NAME_UNKNOWN')) {
        return new _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y('repository-not-found', `The registry does not know the repository for ${what}: ${said}. Create it, or correct the name.`);
    }
    if (/immutable/i.test(text)) {
        return new _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y('tag-immutable', `The registry refused ${what}: ${said}`);
    }
    if (/expired/i.test(text) && (status === 401 || status === 403)) {
        return new _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y('credentials-expired', `The registry's token expired before ${what}: ${said}. Run the job again; a token lives 12 hours.`);
    }
    if (status === 401 || status === 403 || codes.includes('DENIED')) {
        return new _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y('access-denied', `The registry denied ${what}: ${said}. Allow it to the credentials of this job (see the permissions in the action's README).`);
    }
    if (status === 429)
        return new _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y('throttled', `The registry kept throttling ${what}: ${said}`);
    return new _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y('push-failed', `The registry refused ${what}: ${said}`);
}
function retryAfterSeconds(response) {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}


/***/ }),

/***/ 7622:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  F: () => (/* binding */ createRegistryTransport)
});

;// CONCATENATED MODULE: ./lib/registry/challenge.js
/**
 * Reads a Bearer challenge; undefined for Basic, which ECR uses, and for anything else.
 *
 * @see https://distribution.github.io/distribution/spec/auth/token/
 */
function parseBearerChallenge(header) {
    const parameters = /^\s*Bearer\s+(.*)$/i.exec(header ?? '')?.[1];
    if (parameters === undefined)
        return undefined;
    const values = new Map();
    for (const [, name = '', value = ''] of parameters.matchAll(/([a-zA-Z_]+)="([^"]*)"/g)) {
        values.set(name.toLowerCase(), value);
    }
    const realm = values.get('realm');
    if (realm === undefined || !URL.canParse(realm))
        return undefined;
    return { realm, service: values.get('service'), scope: values.get('scope') };
}
/** The URL to fetch a token from. */
function tokenUrl({ realm, service, scope }) {
    const url = new URL(realm);
    if (service !== undefined)
        url.searchParams.set('service', service);
    for (const part of scope?.split(' ') ?? [])
        url.searchParams.append('scope', part);
    return url;
}

// EXTERNAL MODULE: ./lib/registry/registry-failure.js
var registry_failure = __webpack_require__(1727);
;// CONCATENATED MODULE: ./lib/registry/registry-transport.js


/**
 * Sends requests to one registry with its login: Basic at once, as ECR wants it, or a token from the registry's Bearer
 * challenge. The login goes to the registry's own origin and to the token server it names, nowhere else; one without a user
 * name is nobody's, as public images need none. Nothing is retried here but a challenged request.
 */
function createRegistryTransport(login) {
    const basic = basicAuthorization(login);
    let authorization = basic;
    async function send(request) {
        const url = new URL(request.url, login.origin);
        const body = request.body?.();
        const watch = {};
        try {
            return await fetch(url, {
                method: request.method,
                headers: { ...request.headers, ...(url.origin === login.origin ? authorization : {}) },
                ...bodyOptions(body, watch),
            });
        }
        catch (error) {
            throw watch.failure ?? (0,registry_failure/* connectionFailure */.D)(error, login.origin, request.what);
        }
    }
    async function answerChallenge(response, what) {
        const challenge = parseBearerChallenge(response.headers.get('www-authenticate'));
        if (challenge === undefined)
            return false;
        await response.body?.cancel();
        const url = tokenUrl(challenge);
        const headers = mayReceiveLogin(url, login.origin) ? basic : {};
        let answer;
        try {
            answer = await fetch(url, { headers });
        }
        catch (error) {
            throw (0,registry_failure/* connectionFailure */.D)(error, url.origin, what);
        }
        if (!answer.ok)
            throw await (0,registry_failure/* registryFailure */.M)(answer, what);
        const { token, access_token } = (await answer.json());
        authorization = { authorization: `Bearer ${token ?? access_token ?? ''}` };
        return true;
    }
    return async (request) => {
        let response = await send(request);
        if (response.status === 401 && (await answerChallenge(response, request.what))) {
            response = await send(request);
        }
        if (request.expected.includes(response.status))
            return response;
        throw await (0,registry_failure/* registryFailure */.M)(response, request.what);
    };
}
function basicAuthorization({ username, password }) {
    if (username === '')
        return {};
    return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}
function bodyOptions(body, watch) {
    if (body === undefined)
        return {};
    if (body instanceof Uint8Array)
        return { body: body };
    const stream = watchBody(body, watch);
    // fetch keeps a copy of the body, in memory and whole, for the redirect or login prompt that these two rule out
    // (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch, step 3). A stream could not be sent again anyway.
    return { body: stream, duplex: 'half', redirect: 'error', window: null };
}
/** Keeps what a body fails with: fetch only tells that something did. */
async function* watchBody(body, watch) {
    try {
        // fetch copies what is no Buffer once more.
        for await (const chunk of body)
            yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    }
    catch (error) {
        watch.failure = error;
        throw error;
    }
}
// A registry in the clear may name any realm to whoever listens; passwords leave a secure origin for a secure one only.
function mayReceiveLogin(url, origin) {
    return url.protocol === 'https:' || url.origin === origin || new URL(origin).hostname === url.hostname;
}


/***/ }),

/***/ 7325:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ failureCode),
/* harmony export */   o: () => (/* binding */ failureMessage)
/* harmony export */ });
/**
 * An error and what caused it, outermost first. Errors are told by their shape: those of Node's own modules may come from
 * another realm, whose `Error` is not ours.
 */
function* causesOf(error) {
    let cause = error;
    for (let depth = 0; depth < 8 && typeof cause === 'object' && cause !== null; depth += 1) {
        yield cause;
        cause = cause.cause;
    }
}
/** The code of a failed system call, such as ENOSPC or ECONNRESET, or of undici, such as UND_ERR_SOCKET. */
function failureCode(error) {
    for (const { code } of causesOf(error))
        if (typeof code === 'string')
            return code;
    return undefined;
}
/** What the innermost cause says; fetch itself says no more than "fetch failed". */
function failureMessage(error) {
    const messages = [...causesOf(error)].flatMap(({ message }) => typeof message === 'string' ? [message] : []);
    return messages.at(-1) ?? String(error);
}


/***/ }),

/***/ 3562:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $l: () => (/* binding */ maskSecret),
/* harmony export */   Wh: () => (/* binding */ jobLog)
/* harmony export */ });
/* unused harmony export annotateError */
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2758);

/** The job's log. Text from elsewhere must have passed `cleanRemoteText` before it comes here. */
const jobLog = {
    info: (line) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(line),
    warning: (message) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .warning */ .$e(message),
    group(title, lines) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .startGroup */ .Oh(title);
        for (const line of lines)
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(line);
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .endGroup */ .N4();
    },
};
/** Registers a value that the runner replaces by `***` in every log from now on. */
function maskSecret(value) {
    if (value !== '')
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setSecret */ .Pq(value);
}
/** Puts one error annotation on the run without ending the process. */
function annotateError(message, title) {
    core.error(message, title === undefined ? {} : { title });
}


/***/ }),

/***/ 40:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ writeJobSummary)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);

// A step's summary is refused whole above 1 MiB; the rest is kept for the notice itself.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits
const limitBytes = 1024 * 1024 - 1024;
/** Appends GitHub-flavoured Markdown to this step's job summary; does nothing where the runner offers none. */
async function writeJobSummary(markdown) {
    const path = process.env['GITHUB_STEP_SUMMARY'];
    if (path === undefined || path === '')
        return;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.appendFile)(path, `${cutToLimit(markdown)}\n`, 'utf8');
}
function cutToLimit(markdown) {
    const bytes = Buffer.from(markdown, 'utf8');
    if (bytes.length <= limitBytes)
        return markdown;
    const cut = bytes.subarray(0, limitBytes).toString('utf8');
    return `${cut.slice(0, cut.lastIndexOf('\n'))}\n\n_Cut at GitHub's limit of 1 MiB for a step's summary._`;
}


/***/ }),

/***/ 356:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LZ: () => (/* binding */ saveState),
/* harmony export */   n0: () => (/* binding */ setOutputs),
/* harmony export */   un: () => (/* binding */ readState)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2758);

/** Sets outputs by their names in action.yml. Values are texts; an undefined one is left unset. */
function setOutputs(outputs) {
    for (const [name, value] of Object.entries(outputs))
        if (value !== undefined)
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setOutput */ .uH(name, value);
}
/** Keeps a value for the post phase of this step. */
function saveState(name, value) {
    _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ(name, value);
}
/** A value that the main phase saved, or undefined. */
function readState(name) {
    return _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getState */ .Gu(name) || undefined;
}


/***/ }),

/***/ 8278:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  U: () => (/* binding */ readActionInputs),
  C: () => (/* binding */ runAction)
});

// EXTERNAL MODULE: ../../../node_modules/@actions/core/lib/core.js + 10 modules
var core = __webpack_require__(2758);
// EXTERNAL MODULE: ./lib/message/user-error.js
var user_error = __webpack_require__(9751);
;// CONCATENATED MODULE: ./lib/input/reader.js

/**
 * Calls `read` with a reader over `get` and returns its snapshot.
 *
 * @throws UserError `input-invalid` that names every bad input, its value and what is legal, one per line.
 */
function readInputs(get, read) {
    const problems = [];
    const snapshot = read(createReader(get, problems));
    if (problems.length === 0)
        return snapshot;
    const heading = problems.length === 1 ? '' : `${problems.length} inputs need correction:\n`;
    throw new user_error/* UserError */.y('input-invalid', heading + problems.join('\n'));
}
function createReader(get, problems) {
    const value = (name) => get(name).trim();
    const lines = (name) => nonEmpty(get(name).split(/\r?\n/));
    function bad(name, legal, fallback) {
        const given = value(name);
        problems.push(given === ''
            ? `input "${name}" is required: give ${legal}`
            : `input "${name}": expected ${legal}, got "${shorten(given)}"`);
        return fallback;
    }
    function number(name, { min, max }, whole) {
        const text = value(name);
        const parsed = /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
        const kind = whole ? 'a whole number' : 'a number';
        const legal = Number.isFinite(parsed) && parsed >= min && parsed <= max && (!whole || Number.isInteger(parsed));
        return legal ? parsed : bad(name, `${kind} from ${min} to ${max}`, min);
    }
    return {
        text: (name) => value(name) || bad(name, 'a value', ''),
        optionalText: (name) => value(name) || undefined,
        bool(name) {
            const text = value(name);
            if (/^(true|True|TRUE)$/.test(text))
                return true;
            if (/^(false|False|FALSE)$/.test(text))
                return false;
            return bad(name, 'true or false', false);
        },
        number: (name, bounds) => number(name, bounds, false),
        integer: (name, bounds) => number(name, bounds, true),
        oneOf(name, legal) {
            const found = legal.find((candidate) => candidate === value(name));
            return found ?? bad(name, `one of ${legal.join(', ')}`, legal[0]);
        },
        lines,
        list: (name) => nonEmpty(lines(name).flatMap((line) => line.split(','))),
        pairs: (name) => lines(name).flatMap((line) => {
            const pair = splitPair(line);
            if (pair === undefined)
                problems.push(notAPair(name, line));
            return pair ?? [];
        }),
        parsed(name, parse, fallback) {
            try {
                return parse(get(name));
            }
            catch (error) {
                if (!(error instanceof user_error/* UserError */.y))
                    throw error;
                problems.push(`input "${name}": ${error.message}`);
                return fallback;
            }
        },
        problem: (message) => void problems.push(message),
    };
}
function splitPair(line) {
    const at = line.indexOf('=');
    const key = line.slice(0, Math.max(0, at)).trim();
    return key === '' ? undefined : { key, value: line.slice(at + 1) };
}
// The value is left out: these inputs may hold secrets.
function notAPair(name, line) {
    const key = line.split(/[\s=:]/)[0] ?? '';
    return `input "${name}": expected KEY=value on every line; the line that starts with "${shorten(key)}" has no key or no "="`;
}
function nonEmpty(items) {
    return items.map((item) => item.trim()).filter((item) => item !== '');
}
function shorten(text) {
    return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

;// CONCATENATED MODULE: ./lib/runner/run-action.js



const phaseKey = 'slipwayPhase';
/**
 * Runs an action's phase as GitHub's runner asked for it, and is the one place where errors end: a UserError becomes one
 * `::error::` annotation without a stack, anything else is our bug and prints its stack, folded. A post phase only warns:
 * it never breaks a green job.
 *
 * The runner starts the same file for `main` and `post`; state saved by main tells them apart.
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions#sending-values-to-the-pre-and-post-actions
 */
async function runAction(action) {
    const isPost = core/* getState */.Gu(phaseKey) === 'post';
    try {
        if (isPost)
            return await action.post?.();
        core/* saveState */.LZ(phaseKey, 'post');
        await action.main();
    }
    catch (caught) {
        const error = explainFullDisk(caught);
        if (isPost)
            core/* warning */.$e(describe(error));
        else
            core/* setFailed */.C1(describe(error));
        if (!(error instanceof user_error/* UserError */.y))
            printStack(error);
    }
    finally {
        leaveSoon();
    }
}
// A connection that went silent would keep the process alive for as long as its timeout; nobody waits for it any more.
function leaveSoon() {
    setTimeout(() => process.exit(), 500).unref();
}
/** Reads the action's inputs from `INPUT_*`, all problems at once. */
function readActionInputs(read) {
    return readInputs((name) => core/* getInput */.V4(name, { trimWhitespace: false }), read);
}
/** Whatever was being written: a full disk is the runner's fault, and one sentence says so. */
function explainFullDisk(error) {
    const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    if (!full || error instanceof user_error/* UserError */.y)
        return error;
    const message = `No space left on the runner's disk (${error.message}). Free some, or use a larger runner.`;
    return new user_error/* UserError */.y('disk-full', message, { cause: error });
}
function describe(error) {
    if (error instanceof user_error/* UserError */.y)
        return error.message;
    const text = error instanceof Error ? error.message : String(error);
    return `slipway failed unexpectedly, please report this with the folded stack below: ${text}`;
}
function printStack(error) {
    core/* startGroup */.Oh('Stack');
    for (let cause = error; cause instanceof Error; cause = cause.cause)
        core/* info */.pq(cause.stack ?? cause.message);
    core/* endGroup */.N4();
}


/***/ }),

/***/ 8046:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ systemClock)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6119);

/** The machine's clock. */
const systemClock = {
    now: () => Date.now(),
    async sleep(milliseconds, signal) {
        try {
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(milliseconds, undefined, signal === undefined ? {} : { signal });
        }
        catch (error) {
            if (!signal?.aborted)
                throw error;
        }
    },
};


/***/ })

};
