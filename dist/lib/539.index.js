export const id = 539;
export const ids = [539];
export const modules = {

/***/ 4295:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ sayPromotion),
/* harmony export */   y: () => (/* binding */ renderPromotionSummary)
/* harmony export */ });
/* harmony import */ var markdown_table__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3393);
/* harmony import */ var _message_duration_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7955);
/* harmony import */ var _message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(345);
/* harmony import */ var _byte_size_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1121);




/** The job summary in Markdown: what now stands where, and where it comes from. */
function renderPromotionSummary(report) {
    const { count, labels } = report;
    const rows = [
        ['Tags', report.tags.map(code).join(' ') || 'none: it is reached by digest alone'],
        ['Digest', code(report.digest)],
        ...describeReplaced(report.replaced),
        ['Platforms', report.platforms.map(code).join(', ') || '—'],
        ['Size', (0,_byte_size_js__WEBPACK_IMPORTED_MODULE_1__/* .sayBytes */ .z)(report.sizeBytes)],
        ['Uploaded', (0,_byte_size_js__WEBPACK_IMPORTED_MODULE_1__/* .sayBytes */ .z)(count.uploaded)],
        ['Mounted from the source', (0,_byte_size_js__WEBPACK_IMPORTED_MODULE_1__/* .sayBytes */ .z)(count.mounted)],
        ['Already there', (0,_byte_size_js__WEBPACK_IMPORTED_MODULE_1__/* .sayBytes */ .z)(count.present)],
        ['Signatures and attestations added', String(report.referrers)],
        ['From', code(report.from)],
        ['Built from', describeRevision(labels)],
        ['Built at', code(labels.get('org.opencontainers.image.created') ?? '') || '—'],
        ['Promoted at', `${code((0,_message_duration_js__WEBPACK_IMPORTED_MODULE_2__/* .isoTime */ .Ly)(report.endedAt))}, in ${(0,_message_duration_js__WEBPACK_IMPORTED_MODULE_2__/* .sayDuration */ .kP)(report.durationSeconds)}`],
    ];
    const heading = report.copied ? 'Image promoted' : 'Image already promoted';
    return `## ${heading}\n\n${code(report.image)}\n\n${(0,markdown_table__WEBPACK_IMPORTED_MODULE_3__/* .markdownTable */ .Q)([['', ''], ...rows])}\n`;
}
/** What to go back to. */
function describeReplaced(replaced) {
    if (replaced.size === 0)
        return [];
    return [['Before', [...replaced].map(([tag, digest]) => `${code(tag)} was ${code(digest)}`).join(', ')]];
}
/** One sentence for the log. */
function sayPromotion({ image, tags, copied, from }) {
    const names = tags.length === 0 ? 'no tag' : tags.join(', ');
    return copied
        ? `Promoted ${from} to ${image} (${names})`
        : `Nothing to do: ${image} (${names}) is ${from} already`;
}
/**
 * The commit of an image, with a link where its labels allow one.
 *
 * @see https://github.com/opencontainers/image-spec/blob/main/annotations.md#pre-defined-annotation-keys
 */
function describeRevision(labels) {
    const revision = labels.get('org.opencontainers.image.revision') ?? '';
    const source = labels.get('org.opencontainers.image.source') ?? '';
    if (revision === '')
        return source === '' ? '— (the image has no label for it)' : code(source);
    const page = source.replace(/\.git$/, '').replace(/\/$/, '');
    const safe = /^https:\/\/[A-Za-z0-9._~/-]+$/.test(page) && /^[0-9a-f]{7,64}$/.test(revision);
    if (safe)
        return `[${code(revision.slice(0, 7))}](${page}/commit/${revision}) of ${page}`;
    return source === '' ? code(revision) : `${code(revision)} of ${code(source)}`;
}
// Labels are remote text: within a code span nothing else is read as Markdown, and a table's bar ends a cell even there.
function code(text) {
    const clean = (0,_message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanRemoteLine */ .K)(text).replaceAll('`', "'").replaceAll('|', '\\|');
    return clean === '' ? '' : `\`${clean}\``;
}


/***/ }),

/***/ 1465:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LN: () => (/* binding */ referrersTag),
/* harmony export */   _S: () => (/* binding */ parseReferrers),
/* harmony export */   vB: () => (/* binding */ mergeReferrers)
/* harmony export */ });
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2285);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4072);


/**
 * The tag under which clients list referrers for registries without the referrers API.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema
 */
function referrersTag(digest) {
    return digest.replace(':', '-');
}
/** Reads a list of referrers, from the API or from under the tag. */
function parseReferrers(bytes, what) {
    const { manifests } = (0,_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJsonObject */ .dw)(bytes, what);
    if (!Array.isArray(manifests))
        return [];
    return manifests.map((json) => ({ ...(0,_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .parseDescriptor */ .BA)(json, what), json }));
}
/** The list to put under the tag: what is there, and after it what is new. */
function mergeReferrers(existing, added) {
    const merged = new Map([...existing, ...added].map(({ digest, json }) => [digest, json]));
    const index = { schemaVersion: 2, mediaType: _manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .ociIndex */ .KP, manifests: [...merged.values()] };
    const bytes = Buffer.from(JSON.stringify(index));
    return { bytes, digest: (0,_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(bytes), mediaType: _manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .ociIndex */ .KP };
}


/***/ }),

/***/ 7561:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ resolveLogin)
/* harmony export */ });
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9751);
/* harmony import */ var _image_repository_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3505);
/* harmony import */ var _registry_host_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2153);



/**
 * Finds the login for a registry: ECR's API for ECR and where no host is given, the user's docker configuration for any other,
 * and none where that has none, as public images need none.
 *
 * @param host undefined for the registry of the AWS credentials
 */
async function resolveLogin(host, sources) {
    if (host === undefined)
        return ecrAccess(await sources.authorize());
    if ((0,_registry_host_js__WEBPACK_IMPORTED_MODULE_1__/* .parseEcrHost */ .wl)(host) !== undefined)
        return ecrAccess(useGivenHost(await sources.authorize(), host));
    const nobody = { origin: (0,_registry_host_js__WEBPACK_IMPORTED_MODULE_1__/* .registryOrigin */ ._g)(host), username: '', password: '' };
    const user = await sources.findDockerLogin(host);
    if (user !== undefined)
        return { login: { ...nobody, ...user }, registry: host, isEcr: false };
    const emulated = (0,_registry_host_js__WEBPACK_IMPORTED_MODULE_1__/* .isLoopbackHost */ .cW)(host) ? await authorizeEmulator(host, sources) : undefined;
    return emulated === undefined ? { login: nobody, registry: host, isEcr: false } : ecrAccess(emulated);
}
function ecrAccess(login) {
    return { login, registry: (0,_image_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .registryHost */ .U)(login), isEcr: true };
}
// A token is good at every address of a registry. The API names the plain one, and the user may have reasons for the FIPS or
// dual-stack one; an API that answers with another kind of address is an emulator, whose word counts.
function useGivenHost(login, host) {
    const isEcr = (0,_registry_host_js__WEBPACK_IMPORTED_MODULE_1__/* .parseEcrHost */ .wl)((0,_image_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .registryHost */ .U)(login)) !== undefined;
    return isEcr ? { ...login, origin: (0,_registry_host_js__WEBPACK_IMPORTED_MODULE_1__/* .registryOrigin */ ._g)(host) } : login;
}
/** A registry on this machine may belong to an emulator of ECR, such as the rehearsal: then its API hands out the login. */
async function authorizeEmulator(host, sources) {
    try {
        const login = await sources.authorize();
        return (0,_image_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .registryHost */ .U)(login) === host ? login : undefined;
    }
    catch (error) {
        if (!(error instanceof _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y))
            throw error;
        sources.log.info(`No login for ${host}: ${error.message} Trying without one.`);
        return undefined;
    }
}


/***/ }),

/***/ 7676:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dh: () => (/* binding */ sayImage),
/* harmony export */   Jz: () => (/* binding */ parseRepositoryPlace),
/* harmony export */   aK: () => (/* binding */ parseImagePlace)
/* harmony export */ });
/* unused harmony export sayPlace */
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9751);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2285);
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8404);
/* harmony import */ var _tag_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4781);




const hostPattern = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(?::\d+)?$/;
/**
 * Reads `repository:tag`, `repository@sha256:…`, or either after `host/`.
 *
 * @throws UserError `image-reference-invalid`
 */
function parseImagePlace(text) {
    const reference = text.trim();
    const { host, rest } = splitHost(reference);
    const [path = '', digest] = splitOnce(rest, '@');
    const [name = '', tag] = splitOnce(path, ':');
    if (tag === undefined && digest === undefined) {
        throw invalid(reference, `it names no image; add a tag or digest, such as "${reference}:v1.4.2"`);
    }
    if (tag !== undefined && !(0,_tag_js__WEBPACK_IMPORTED_MODULE_3__/* .isTag */ .dz)(tag))
        throw invalid(reference, `"${tag}" is not a tag`);
    if (digest !== undefined && !(0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(digest)) {
        throw invalid(reference, `"${digest}" is not a digest; expected sha256: and 64 hex digits`);
    }
    return { host, repository: readName(host, name), tag, digest };
}
/**
 * Reads `repository` or `host/repository`.
 *
 * @throws UserError `image-reference-invalid`, also when there is a tag or digest
 */
function parseRepositoryPlace(text) {
    const reference = text.trim();
    const { host, rest } = splitHost(reference);
    if (/[:@]/.test(rest)) {
        throw invalid(reference, 'a repository has no tag or digest; give tags by the input "tags"');
    }
    return { host, repository: readName(host, rest) };
}
/** The place as its host and repository are written: `host/repository`. */
function sayPlace({ host, repository }) {
    return host === undefined ? repository : `${host}/${repository}`;
}
/** `host/repository:tag` or `host/repository@sha256:…`, whichever decides. */
function sayImage(place) {
    return `${sayPlace(place)}${place.digest === undefined ? `:${place.tag}` : `@${place.digest}`}`;
}
// As docker has it: the first component is a host when it holds a dot or a port, or is localhost.
// https://pkg.go.dev/github.com/distribution/reference
function splitHost(reference) {
    const slash = reference.indexOf('/');
    const first = reference.slice(0, Math.max(0, slash));
    if (first !== 'localhost' && !/[.:]/.test(first))
        return { host: undefined, rest: reference };
    if (!hostPattern.test(first))
        throw invalid(reference, `"${first}" is not a host`);
    return { host: first, rest: reference.slice(slash + 1) };
}
// Docker Hub keeps its own images under library/, which people leave out.
function readName(host, name) {
    return (0,_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .parseRepositoryName */ .$M)(host === 'docker.io' && !name.includes('/') ? `library/${name}` : name);
}
function splitOnce(text, separator) {
    const at = text.indexOf(separator);
    return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
function invalid(reference, problem) {
    return new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('image-reference-invalid', `"${reference}": ${problem}`);
}


/***/ }),

/***/ 6251:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ findDockerLogin)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);



/**
 * The login that `docker login` wrote to the user's configuration for a host. Only logins in the file itself count: credential
 * helpers are programs, and identity tokens need an exchange of their own; the log says when one of them was passed over.
 *
 * @see https://docs.docker.com/reference/cli/docker/login/#credential-stores
 */
async function findDockerLogin(host, log, environment = process.env) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(environment['DOCKER_CONFIG'] || (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(environment['HOME'] || (0,node_os__WEBPACK_IMPORTED_MODULE_1__.homedir)(), '.docker'), 'config.json');
    const config = await readConfig(path, log);
    const entry = Object.entries(asObject(config['auths'])).find(([key]) => namesHost(key, host));
    const login = readAuth(asObject(entry?.[1]));
    if (login !== undefined)
        return login;
    const helper = asObject(config['credHelpers'])[host] ?? config['credsStore'];
    if (typeof helper === 'string') {
        log.info(`docker keeps the login for ${host} in the credential helper "${helper}", which is not asked; give docker login another DOCKER_CONFIG if ${host} needs one.`);
    }
    return undefined;
}
async function readConfig(path, log) {
    try {
        return asObject(JSON.parse(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8')));
    }
    catch (error) {
        // No file, no login. A broken one is docker's to complain about; what matters here is that nothing was read from it.
        if (error instanceof SyntaxError)
            log.info(`${path} is not valid JSON, so no login is taken from it.`);
        return {};
    }
}
// Keys are hosts, or URLs as older dockers wrote them; Docker Hub has a name of its own.
function namesHost(key, host) {
    const named = key.replace(/^https?:\/\//, '').split('/')[0];
    return named === (host === 'docker.io' ? 'index.docker.io' : host);
}
function readAuth({ auth, username, password }) {
    if (typeof auth === 'string' && auth !== '') {
        const [user = '', ...rest] = Buffer.from(auth, 'base64').toString('utf8').split(':');
        const secret = rest.join(':');
        return user === '' || secret === '' ? undefined : { username: user, password: secret };
    }
    if (typeof username !== 'string' || typeof password !== 'string')
        return undefined;
    return username === '' || password === '' ? undefined : { username, password };
}
function asObject(value) {
    return typeof value === 'object' && value !== null ? value : {};
}


/***/ }),

/***/ 6095:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  e: () => (/* binding */ openSourceRepository),
  a: () => (/* binding */ openTargetRepository)
});

// EXTERNAL MODULE: ./lib/image/digest.js
var image_digest = __webpack_require__(2285);
// EXTERNAL MODULE: ./lib/image/image-content.js
var image_content = __webpack_require__(9436);
// EXTERNAL MODULE: ./lib/image/retry.js
var image_retry = __webpack_require__(9759);
// EXTERNAL MODULE: ./lib/message/user-error.js
var user_error = __webpack_require__(9751);
// EXTERNAL MODULE: ./lib/registry/registry-failure.js
var registry_failure = __webpack_require__(1727);
;// CONCATENATED MODULE: ./lib/registry/blob-download.js




/**
 * A blob of a registry. Where a connection breaks off, reading goes on at that byte by a range request, as often as there is
 * progress between the breaks; without progress, after `maxRetries` it fails. Its digest is for whoever takes the bytes to check.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-blobs
 */
function openRemoteBlob(source, { digest, sizeBytes }) {
    return { digest, sizeBytes, open: (start = 0) => readBlob(source, { digest, sizeBytes }, start) };
}
async function* readBlob(source, blob, start) {
    const what = `blob ${(0,image_digest/* shortDigest */.VK)(blob.digest)} of ${source.repository}`;
    let position = start;
    let chunks;
    async function nextChunk() {
        chunks ??= readFrom(source, blob, position, what);
        try {
            const { value, done } = await chunks.next();
            if (done !== true)
                return value;
        }
        catch (error) {
            chunks = undefined;
            throw error;
        }
        chunks = undefined;
        throw new image_retry/* TransientFailure */.$(brokenOff(what, position, blob.sizeBytes));
    }
    try {
        while (position < blob.sizeBytes) {
            // Every chunk has its own retries: only a stretch without any progress uses them up.
            const chunk = await (0,image_retry/* retryTransient */.j)(source.retry, nextChunk);
            position += chunk.length;
            yield chunk;
        }
    }
    finally {
        await chunks?.return(undefined);
    }
}
/** One answer's bytes from a position on. */
async function* readFrom({ transport, repository }, { digest }, position, what) {
    const response = await transport({
        method: 'GET',
        url: `/v2/${repository}/blobs/${digest}`,
        what: `the read of ${what}`,
        headers: position === 0 ? {} : { range: `bytes=${position}-` },
        expected: [200, 206],
    });
    let skip = skippedBytes(response, position, what);
    try {
        for await (const chunk of response.body ?? []) {
            const used = chunk.subarray(Math.min(skip, chunk.length));
            skip -= chunk.length - used.length;
            if (used.length > 0)
                yield used;
        }
    }
    catch (error) {
        throw (0,registry_failure/* connectionFailure */.D)(error, new URL(response.url).origin, `the read of ${what}`);
    }
}
/** How many bytes of an answer come before the position: all of them from a registry that does not know ranges. */
function skippedBytes(response, position, what) {
    if (response.status === 200)
        return position;
    const start = Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1] ?? Number.NaN);
    if (start <= position)
        return position - start;
    throw new user_error/* UserError */.y('push-failed', `The registry answered the read of ${what} with another part than asked for`);
}
function brokenOff(what, position, sizeBytes) {
    return new user_error/* UserError */.y('connection-failed', `The read of ${what} broke off after ${position} of ${sizeBytes} bytes. Check the network, and run the job again.`);
}

// EXTERNAL MODULE: ./lib/registry/blob-upload.js + 1 modules
var blob_upload = __webpack_require__(1917);
// EXTERNAL MODULE: ./lib/registry/manifest-requests.js
var manifest_requests = __webpack_require__(4221);
// EXTERNAL MODULE: ./lib/image/referrers.js
var image_referrers = __webpack_require__(1465);
// EXTERNAL MODULE: ./lib/image/registry-host.js
var registry_host = __webpack_require__(2153);
;// CONCATENATED MODULE: ./lib/registry/referrer-requests.js




/**
 * What refers to a manifest: by the referrers API in all its pages, or from the list under the tag where the registry does not
 * have the API.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers
 */
async function listReferrers(source, digest) {
    const { transport, repository, retry } = source;
    const what = `the referrers of ${digest} in ${repository}`;
    const referrers = [];
    let next = `/v2/${repository}/referrers/${digest}`;
    while (next !== undefined) {
        const url = next;
        const response = await (0,image_retry/* retryTransient */.j)(retry, () => transport({ method: 'GET', url, what: `the list of ${what}`, expected: [200, 404] }));
        if (response.status === 404) {
            await response.body?.cancel();
            return listByTag(source, digest, what);
        }
        referrers.push(...(0,image_referrers/* parseReferrers */._S)(await (0,manifest_requests/* readLimited */.tk)(response, what), what));
        next = nextPage(response);
    }
    return { referrers, keptByTag: false };
}
async function listByTag({ transport, origin, repository, retry }, digest, what) {
    // ECR keeps lists itself, whatever it answers for a manifest that it does not have yet.
    if ((0,registry_host/* parseEcrHost */.wl)(new URL(origin).host) !== undefined)
        return { referrers: [], keptByTag: false };
    const list = await (0,image_retry/* retryTransient */.j)(retry, () => (0,manifest_requests/* getManifest */.c2)(transport, repository, (0,image_referrers/* referrersTag */.LN)(digest)));
    return { referrers: list === undefined ? [] : (0,image_referrers/* parseReferrers */._S)(list.bytes, what), keptByTag: true };
}
// https://www.rfc-editor.org/rfc/rfc5988#section-5
function nextPage(response) {
    const link = /<([^>]*)>\s*;[^,]*rel="?next"?/.exec(response.headers.get('link') ?? '')?.[1];
    return link === undefined ? undefined : new URL(link, response.url);
}

// EXTERNAL MODULE: ./lib/registry/registry-transport.js + 1 modules
var registry_transport = __webpack_require__(7622);
;// CONCATENATED MODULE: ./lib/registry/promotion-repositories.js









/** Opens a repository to read from. Nothing is called yet. */
function openSourceRepository(login, repository, retry) {
    const transport = (0,registry_transport/* createRegistryTransport */.F)(login);
    const source = { transport, origin: login.origin, repository, retry };
    return {
        findManifest: (reference) => (0,image_retry/* retryTransient */.j)(retry, () => (0,manifest_requests/* getManifest */.c2)(transport, repository, reference)),
        readConfig: (config) => (0,image_retry/* retryTransient */.j)(retry, () => readConfig(transport, repository, config)),
        listReferrers: (digest) => listReferrers(source, digest),
        openBlob: (blob) => openRemoteBlob(source, blob),
    };
}
/** Opens a repository to write to, but for what only ECR's API tells of it. Nothing is called yet. */
function openTargetRepository(login, repository, retry) {
    const transport = (0,registry_transport/* createRegistryTransport */.F)(login);
    const target = { transport, origin: login.origin, repository, retry, damaged };
    return {
        findManifest: (reference) => (0,image_retry/* retryTransient */.j)(retry, () => (0,manifest_requests/* getManifest */.c2)(transport, repository, reference)),
        listReferrers: (digest) => listReferrers(target, digest),
        copyBlob: (blob, mountFrom, signal) => copyBlob(target, (0,image_content/* untilAborted */.E)(blob, signal), mountFrom),
        putManifest: (reference, manifest) => (0,image_retry/* retryTransient */.j)(retry, () => (0,manifest_requests/* putManifest */.RV)(transport, repository, reference, manifest)),
    };
}
async function copyBlob(target, blob, mountFrom) {
    if (await (0,blob_upload/* hasBlob */.is)(target, blob.digest))
        return 'present';
    const session = mountFrom === undefined ? undefined : await tryMount(target, blob.digest, mountFrom);
    if (session === 'mounted')
        return 'mounted';
    await (0,blob_upload/* sendBlob */.i4)(target, blob, session);
    return 'uploaded';
}
/** A target's role may push here and still not read there, and the source's role the other way round: then bytes are sent. */
async function tryMount(target, digest, from) {
    try {
        return await (0,blob_upload/* mountBlob */.ti)(target, digest, from);
    }
    catch (error) {
        if (error instanceof user_error/* UserError */.y && error.code === 'access-denied')
            return undefined;
        throw error;
    }
}
async function readConfig(transport, repository, { digest }) {
    const what = `configuration ${(0,image_digest/* shortDigest */.VK)(digest)} of ${repository}`;
    const response = await transport({
        method: 'GET',
        url: `/v2/${repository}/blobs/${digest}`,
        what: `the read of ${what}`,
        expected: [200],
    });
    const bytes = await (0,manifest_requests/* readLimited */.tk)(response, what);
    if ((0,image_digest/* digestOf */.ol)(bytes) === digest)
        return bytes;
    throw damaged(digest);
}
// What came over a network may come right the next time.
function damaged(digest) {
    return new image_retry/* TransientFailure */.$(new user_error/* UserError */.y('digest-mismatch', `The source registry sent content for blob ${digest} that is not what its digest says.`));
}


/***/ }),

/***/ 7992:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ keepMemorySteady)
/* harmony export */ });
/* harmony import */ var node_v8__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8877);

/**
 * Makes the garbage collector keep up with streams. What passes through a stream is small objects that hold large buffers: V8
 * counts the objects, and by default looks for dead ones only after 16 MB of them, when hundreds of MB of buffers are dead too.
 * With 1 MB, 500 MB streamed from registry to registry peak at 130 MB of resident memory instead of 200 MB, at the same speed.
 *
 * Call it before streaming gigabytes, and nowhere else: it costs programs that keep many objects alive.
 */
function keepMemorySteady() {
    (0,node_v8__WEBPACK_IMPORTED_MODULE_0__.setFlagsFromString)('--scavenger-max-new-space-capacity-mb=1');
}


/***/ }),

/***/ 2315:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ readPromoteInputs)
/* harmony export */ });
/* harmony import */ var _lib_image_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2285);
/* harmony import */ var _lib_image_registry_host_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2153);
/* harmony import */ var _lib_image_registry_place_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7676);
/* harmony import */ var _lib_image_tag_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4781);
/* harmony import */ var _lib_message_user_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9751);





function readPromoteInputs(input) {
    const from = readPlace(input, 'from', _lib_image_registry_place_js__WEBPACK_IMPORTED_MODULE_1__/* .parseImagePlace */ .aK, { ...nowhere, tag: undefined, digest: undefined });
    const to = readPlace(input, 'to', _lib_image_registry_place_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRepositoryPlace */ .Jz, nowhere);
    const tags = input.parsed('tags', readTags, []);
    return {
        from: { ...from, ...readAccess(input, 'from', from.host) },
        to: { ...to, ...readAccess(input, 'to', to.host) },
        tags: tags.length === 0 && from.tag !== undefined ? [from.tag] : tags,
        expectDigest: input.optionalText('expect-digest') === undefined
            ? undefined
            : input.parsed('expect-digest', _lib_image_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .parseDigest */ .m, undefined),
        maxRetries: input.integer('max-retries', { min: 0, max: 10 }),
    };
}
const nowhere = { host: undefined, repository: '' };
function readPlace(input, name, parse, fallback) {
    return input.text(name) === '' ? fallback : input.parsed(name, parse, fallback);
}
function readTags(text) {
    const tags = text
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
    return [...new Set(tags.map(_lib_image_tag_js__WEBPACK_IMPORTED_MODULE_2__/* .requireTag */ .a_))];
}
/** Account and region are in the name of an ECR host; a region beside it may only repeat it. */
function readAccess(input, end, host) {
    const ecr = host === undefined ? undefined : (0,_lib_image_registry_host_js__WEBPACK_IMPORTED_MODULE_4__/* .parseEcrHost */ .wl)(host);
    const given = input.parsed(`${end}-region`, readRegion, undefined);
    if (ecr !== undefined && given !== undefined && given !== ecr.region) {
        input.problem(`input "${end}-region": "${given}" contradicts the host of "${end}", which is in ${ecr.region}`);
    }
    return {
        registryId: ecr?.registryId,
        region: ecr?.region ?? given,
        profile: input.optionalText(`${end}-profile`),
    };
}
function readRegion(text) {
    const region = text.trim();
    if (region === '')
        return undefined;
    // It becomes part of a host name.
    if (/^[a-z]+(?:-[a-z]+)+-\d+$/.test(region))
        return region;
    throw new _lib_message_user_error_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y('input-invalid', `expected a region such as eu-west-1, got "${region}"`);
}


/***/ }),

/***/ 4539:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var _lib_aws_ecr_repository_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6830);
/* harmony import */ var _lib_image_promotion_report_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4295);
/* harmony import */ var _lib_image_registry_access_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7561);
/* harmony import */ var _lib_registry_docker_login_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6251);
/* harmony import */ var _lib_registry_promotion_repositories_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6095);
/* harmony import */ var _lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3562);
/* harmony import */ var _lib_runner_job_summary_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(40);
/* harmony import */ var _lib_runner_outputs_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(356);
/* harmony import */ var _lib_runner_run_action_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8278);
/* harmony import */ var _lib_runner_steady_memory_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(7992);
/* harmony import */ var _lib_runner_system_clock_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(8046);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(2315);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(9768);













await (0,_lib_runner_run_action_js__WEBPACK_IMPORTED_MODULE_8__/* .runAction */ .C)({
    async main() {
        const inputs = (0,_lib_runner_run_action_js__WEBPACK_IMPORTED_MODULE_8__/* .readActionInputs */ .U)(_inputs_js__WEBPACK_IMPORTED_MODULE_11__/* .readPromoteInputs */ .Q);
        (0,_lib_runner_steady_memory_js__WEBPACK_IMPORTED_MODULE_9__/* .keepMemorySteady */ .D)();
        const report = await (0,_run_js__WEBPACK_IMPORTED_MODULE_12__/* .promoteImage */ .k)(inputs, createPorts(inputs.maxRetries));
        (0,_lib_runner_outputs_js__WEBPACK_IMPORTED_MODULE_7__/* .setOutputs */ .n0)({ image: report.image, digest: report.digest, copied: String(report.copied) });
        _lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_5__/* .jobLog */ .Wh.info((0,_lib_image_promotion_report_js__WEBPACK_IMPORTED_MODULE_1__/* .sayPromotion */ .H)(report));
        await (0,_lib_runner_job_summary_js__WEBPACK_IMPORTED_MODULE_6__/* .writeJobSummary */ .j)((0,_lib_image_promotion_report_js__WEBPACK_IMPORTED_MODULE_1__/* .renderPromotionSummary */ .y)(report));
    },
});
function createPorts(maxRetries) {
    const retry = { clock: _lib_runner_system_clock_js__WEBPACK_IMPORTED_MODULE_10__/* .systemClock */ .m, random: Math.random, maxRetries, log: _lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_5__/* .jobLog */ .Wh };
    return {
        clock: _lib_runner_system_clock_js__WEBPACK_IMPORTED_MODULE_10__/* .systemClock */ .m,
        log: _lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_5__/* .jobLog */ .Wh,
        async openSource(end) {
            const { login, registry } = await logIn(end, (0,_lib_aws_ecr_repository_js__WEBPACK_IMPORTED_MODULE_0__/* .openEcrRepository */ .D)({ ...end, maxRetries }));
            return { registry, repository: (0,_lib_registry_promotion_repositories_js__WEBPACK_IMPORTED_MODULE_4__/* .openSourceRepository */ .e)(login, end.repository, retry) };
        },
        async openTarget(end) {
            const ecr = (0,_lib_aws_ecr_repository_js__WEBPACK_IMPORTED_MODULE_0__/* .openEcrRepository */ .D)({ ...end, maxRetries });
            const { login, registry, isEcr } = await logIn(end, ecr);
            const findTagMutability = async () => (isEcr ? ecr.findTagMutability() : undefined);
            const repository = { ...(0,_lib_registry_promotion_repositories_js__WEBPACK_IMPORTED_MODULE_4__/* .openTargetRepository */ .a)(login, end.repository, retry), findTagMutability };
            return { registry, repository };
        },
    };
}
function logIn({ host }, ecr) {
    return (0,_lib_image_registry_access_js__WEBPACK_IMPORTED_MODULE_2__/* .resolveLogin */ .k)(host, {
        log: _lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_5__/* .jobLog */ .Wh,
        authorize: async () => mask(await ecr.authorize()),
        findDockerLogin: async (name) => mask(await (0,_lib_registry_docker_login_js__WEBPACK_IMPORTED_MODULE_3__/* .findDockerLogin */ .n)(name, _lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_5__/* .jobLog */ .Wh)),
    });
}
function mask(login) {
    if (login === undefined)
        return login;
    (0,_lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_5__/* .maskSecret */ .$l)(login.password);
    (0,_lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_5__/* .maskSecret */ .$l)(Buffer.from(`${login.username}:${login.password}`).toString('base64'));
    return login;
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 9768:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  k: () => (/* binding */ promoteImage)
});

// EXTERNAL MODULE: ./lib/image/byte-size.js
var byte_size = __webpack_require__(1121);
// EXTERNAL MODULE: ./lib/image/manifest.js
var image_manifest = __webpack_require__(4072);
;// CONCATENATED MODULE: ./lib/image/image-facts.js

/** Finds images by their manifests, and by the configuration of one platform. */
function createImageFinder(reader) {
    return {
        async findImage(reference) {
            const manifest = await reader.findManifest(reference);
            return manifest === undefined ? undefined : await describeImage(reader, manifest);
        },
    };
}
async function describeImage(reader, manifest) {
    const content = readManifest(manifest);
    if (content.kind === 'image')
        return { manifest, ...(await readSettings(reader, content)) };
    const listed = content.manifests.flatMap(({ platform }) => platform ?? []);
    const chosen = content.manifests.find(({ platform }) => platform !== undefined) ?? content.manifests[0];
    const child = chosen === undefined ? undefined : await reader.findManifest(chosen.digest);
    const one = child === undefined ? undefined : readManifest(child);
    const settings = one?.kind === 'image' ? await readSettings(reader, one) : { platforms: [], labels: new Map() };
    const platforms = listed.length > 0 ? [...new Set(listed)] : settings.platforms;
    return { manifest, platforms, labels: settings.labels };
}
function readManifest({ bytes, digest }) {
    return (0,image_manifest/* parseManifest */.Ng)(bytes, `manifest ${digest}`);
}
async function readSettings(reader, { config }) {
    // Charts, modules and signatures have configurations of their own kinds, which need not even be JSON.
    if (!/(?:\.image\.config|\.container\.image)\.v1\+json$/.test(config.mediaType)) {
        return { platforms: [], labels: new Map() };
    }
    const settings = (0,image_manifest/* parseJsonObject */.dw)(await reader.readConfig(config), `configuration ${config.digest}`);
    const platform = (0,image_manifest/* parsePlatform */.FL)(settings);
    const { Labels: labels } = asObject(settings['config']);
    const texts = Object.entries(asObject(labels)).filter((entry) => typeof entry[1] === 'string');
    return { platforms: platform === undefined ? [] : [platform], labels: new Map(texts) };
}
function asObject(value) {
    return typeof value === 'object' && value !== null ? value : {};
}

// EXTERNAL MODULE: ./lib/message/user-error.js
var user_error = __webpack_require__(9751);
;// CONCATENATED MODULE: ./lib/image/image-tree.js


/**
 * Reads the manifests of an index down to the last, or the one of an image.
 *
 * @param where how messages name the repository
 * @throws UserError `image-not-found` when an index lists a manifest that the repository lacks; `archive-invalid` for what is no
 *   manifest of a known kind
 */
async function readImageTree(reader, root, where) {
    const manifests = new Map();
    const blobs = new Map();
    async function visit(manifest) {
        const content = (0,image_manifest/* parseManifest */.Ng)(manifest.bytes, `manifest ${manifest.digest} of ${where}`);
        if (content.kind === 'image') {
            for (const blob of [content.config, ...content.layers]) {
                if (!(0,image_manifest/* isForeignLayer */.sJ)(blob))
                    blobs.set(blob.digest, blob);
            }
        }
        else {
            for (const { digest } of content.manifests) {
                if (manifests.has(digest))
                    continue;
                const child = await reader.findManifest(digest);
                if (child === undefined)
                    throw incomplete(manifest, digest, where);
                await visit(child);
            }
        }
        manifests.set(manifest.digest, manifest);
    }
    await visit(root);
    return { root, manifests: [...manifests.values()], blobs: [...blobs.values()] };
}
/** Bytes of configurations and layers: what the tree takes in an empty registry. */
function treeSizeBytes({ blobs }) {
    return blobs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
function incomplete(index, digest, where) {
    return new user_error/* UserError */.y('image-not-found', `The index ${index.digest} lists ${digest}, which ${where} does not have; push the image again with all its platforms.`);
}

// EXTERNAL MODULE: ./lib/image/digest.js
var digest = __webpack_require__(2285);
// EXTERNAL MODULE: ./lib/image/for-each-parallel.js
var for_each_parallel = __webpack_require__(2364);
// EXTERNAL MODULE: ./lib/image/referrers.js
var referrers = __webpack_require__(1465);
// EXTERNAL MODULE: ./lib/image/tag-image.js
var tag_image = __webpack_require__(2269);
;// CONCATENATED MODULE: ./lib/image/promotion-copy.js






/**
 * Writes what a plan found missing: blobs, then manifests with their children first, then what refers to them, and the tags
 * last, so that whoever pulls by tag finds everything there. Manifests keep their bytes.
 *
 * @param mountFrom the source's name where both repositories are in one registry
 */
async function copyImage(ends, plan, mountFrom) {
    const { target, to } = ends;
    const count = { present: 0, mounted: 0, uploaded: 0 };
    const done = new Set();
    const copy = (tree) => copyTree(ends, tree, { mountFrom, count, done });
    if (plan.present)
        count.present += treeSizeBytes(plan.tree);
    else
        await copy(plan.tree);
    for (const { subject, trees, list } of plan.attachments) {
        for (const tree of trees)
            await copy(tree);
        if (list !== undefined)
            await target.putManifest((0,referrers/* referrersTag */.LN)(subject), list);
    }
    const { tags, tagged, state, image } = plan;
    await (0,tag_image/* tagImage */.E)({ repository: target, name: to, manifest: image.manifest, tags, tagged, state });
    return count;
}
/** True where a plan has nothing to write. */
function isPromoted({ present, attachments, tags, tagged }) {
    return present && attachments.length === 0 && tagged.length === tags.length;
}
async function copyTree({ source, target, log }, tree, { mountFrom, count, done }) {
    const blobs = tree.blobs.filter(({ digest }) => !done.has(digest));
    await (0,for_each_parallel/* forEachParallel */.I)(blobs, async (blob, signal) => {
        const outcome = await target.copyBlob(source.openBlob(blob), mountFrom, signal);
        count[outcome] += blob.sizeBytes;
        done.add(blob.digest);
        if (outcome !== 'present') {
            const what = outcome === 'mounted' ? 'Mounted' : 'Copied';
            log.info(`${what} ${(0,digest/* shortDigest */.VK)(blob.digest)} (${(0,byte_size/* sayBytes */.z)(blob.sizeBytes)})`);
        }
    });
    for (const manifest of tree.manifests)
        await target.putManifest(manifest.digest, manifest);
}

// EXTERNAL MODULE: ./lib/image/tag-mutability.js
var tag_mutability = __webpack_require__(9030);
;// CONCATENATED MODULE: ./lib/image/promotion-plan.js





/**
 * Finds out what is missing in the target. Nothing is written.
 *
 * @throws UserError `repository-not-found`, `tag-immutable` for a tag that another image holds for good, and what
 *   readImageTree throws
 */
async function planPromotion(ends, image, tags) {
    const { source, target, from } = ends;
    const { digest } = image.manifest;
    const state = await readTags(target, tags);
    const tagged = tags.filter((tag) => state.get(tag)?.digest === digest);
    await refuseImmutableTags(ends, digest, state);
    const present = tagged.length > 0 || (await target.findManifest(digest)) !== undefined;
    const tree = await readImageTree(source, image.manifest, from);
    return { image, tree, present, attachments: await planAttachments(ends, tree), tags, tagged, state };
}
async function readTags(target, tags) {
    const state = new Map();
    for (const tag of tags) {
        const manifest = await target.findManifest(tag);
        if (manifest !== undefined)
            state.set(tag, manifest);
    }
    return state;
}
async function refuseImmutableTags({ target, to, log }, digest, state) {
    const taken = [...state].filter(([, manifest]) => manifest.digest !== digest).map(([tag]) => tag);
    if (taken.length === 0)
        return;
    const mutability = await target.findTagMutability();
    if (mutability === undefined) {
        log.info(`The registry does not say whether ${taken.join(', ')} of ${to} may move; trying shows it.`);
        return;
    }
    const refused = taken.find((tag) => (0,tag_mutability/* isTagImmutable */.j)(mutability, tag));
    if (refused !== undefined)
        throw (0,tag_image/* tagImmutable */.X)({ name: to, state }, refused, digest, undefined);
}
/** Follows referrers to the last: what refers to the image or one of its manifests, and what refers to that. */
async function planAttachments(ends, tree) {
    const seen = new Set(tree.manifests.map(({ digest }) => digest));
    const subjects = tree.manifests.map(({ digest }) => digest);
    const attachments = [];
    const list = createLister(ends);
    for (const subject of subjects) {
        const { referrers } = await list(subject);
        if (referrers.length === 0)
            continue;
        const there = await ends.target.listReferrers(subject);
        const missing = referrers.filter(({ digest }) => !there.referrers.some((other) => other.digest === digest));
        const trees = [];
        const lost = new Set();
        for (const { digest } of referrers) {
            if (seen.has(digest))
                continue;
            const found = await readReferrer(ends, digest);
            if (found === undefined)
                lost.add(digest);
            for (const manifest of found?.manifests ?? []) {
                if (!seen.has(manifest.digest))
                    subjects.push(manifest.digest);
                seen.add(manifest.digest);
            }
            if (found !== undefined && missing.some((referrer) => referrer.digest === digest))
                trees.push(found);
        }
        attachments.push({ subject, trees, list: listToKeep(there, missing, lost) });
    }
    return attachments.filter((attachment) => attachment.trees.length > 0 || attachment.list !== undefined);
}
async function readReferrer({ source, from, log }, digest) {
    const manifest = await source.findManifest(digest);
    if (manifest !== undefined)
        return await readImageTree(source, manifest, from);
    log.info(`${from} lists the referrer ${digest}, but does not have it; it is left out.`);
    return undefined;
}
function listToKeep(there, missing, lost) {
    const added = missing.filter(({ digest }) => !lost.has(digest));
    return there.keptByTag && added.length > 0 ? (0,referrers/* mergeReferrers */.vB)(there.referrers, added) : undefined;
}
/** Lists referrers of the source, or none, with a warning, where the credentials may not. */
function createLister({ source, from, log }) {
    const none = { referrers: [], keptByTag: false };
    let denied = false;
    return async (digest) => {
        if (denied)
            return none;
        try {
            return await source.listReferrers(digest);
        }
        catch (error) {
            if (!(error instanceof user_error/* UserError */.y) || error.code !== 'access-denied')
                throw error;
            denied = true;
            log.warning(`Signatures and attestations of ${from} are not promoted: ${error.message}`);
            return none;
        }
    };
}

// EXTERNAL MODULE: ./lib/image/reference.js
var reference = __webpack_require__(8404);
// EXTERNAL MODULE: ./lib/image/registry-place.js
var registry_place = __webpack_require__(7676);
;// CONCATENATED MODULE: ./promote-image/run.js








/**
 * Promotes the image. The order is: the image and its digest, the target and all that can be missing or refused there, then the
 * writes; nothing is written after a failed check, and nothing at all when the target has everything.
 *
 * @throws UserError `image-not-found`, `digest-mismatch`, `repository-not-found`, `tag-immutable`, and what registries refuse
 */
async function promoteImage(inputs, ports) {
    const { from, to, tags } = inputs;
    const { clock, log } = ports;
    const startedAt = clock.now();
    const source = await ports.openSource(from);
    const image = await requireImage(source, inputs);
    const target = await ports.openTarget(to);
    const ends = {
        source: source.repository,
        target: target.repository,
        from: `${source.registry}/${from.repository}`,
        to: `${target.registry}/${to.repository}`,
        log,
    };
    const plan = await planPromotion(ends, image, tags);
    log.info(describe(inputs, plan));
    const copied = !isPromoted(plan);
    const mountFrom = source.registry === target.registry ? from.repository : undefined;
    const count = await copyImage(ends, plan, mountFrom);
    const { digest } = image.manifest;
    const endedAt = clock.now();
    return {
        from: (0,registry_place/* sayImage */.Dh)({ ...from, host: source.registry }),
        image: (0,reference/* referenceByDigest */.HC)(target.registry, to.repository, digest),
        digest,
        tags,
        replaced: findReplaced(plan),
        copied,
        platforms: image.platforms,
        labels: image.labels,
        sizeBytes: treeSizeBytes(plan.tree),
        count,
        referrers: countReferrers(plan),
        endedAt,
        durationSeconds: (endedAt - startedAt) / 1000,
    };
}
async function requireImage({ registry, repository }, { from, expectDigest }) {
    const name = (0,registry_place/* sayImage */.Dh)({ ...from, host: registry });
    const image = await createImageFinder(repository).findImage(from.digest ?? from.tag ?? '');
    if (image === undefined) {
        throw new user_error/* UserError */.y('image-not-found', `There is no image ${name}. Check the tag or digest, the region, and that a lifecycle policy has not expired it.`);
    }
    const { digest } = image.manifest;
    if (expectDigest === undefined || expectDigest === digest)
        return image;
    throw new user_error/* UserError */.y('digest-mismatch', `${name} is ${digest}, and expect-digest is ${expectDigest}: it is not the image that was tested. Nothing was written. Promote by digest, or find out who moved the tag.`);
}
function describe({ from }, { image, tree }) {
    const platforms = image.platforms.length === 0 ? '' : `${image.platforms.join(', ')}; `;
    return `${(0,registry_place/* sayImage */.Dh)(from)} is ${image.manifest.digest} (${platforms}${(0,byte_size/* sayBytes */.z)(treeSizeBytes(tree))})`;
}
function findReplaced({ state, image }) {
    const moved = [...state].filter(([, { digest }]) => digest !== image.manifest.digest);
    return new Map(moved.map(([tag, { digest }]) => [tag, digest]));
}
function countReferrers({ attachments }) {
    return attachments.reduce((sum, { trees }) => sum + trees.length, 0);
}


/***/ })

};
