export const id = 195;
export const ids = [195];
export const modules = {

/***/ 4610:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Q: () => (/* binding */ readBuildPushInputs)
});

// EXTERNAL MODULE: ./lib/message/nearest-name.js
var nearest_name = __webpack_require__(6765);
// EXTERNAL MODULE: ./lib/message/user-error.js
var user_error = __webpack_require__(9751);
;// CONCATENATED MODULE: ./lib/image/platform.js


// What BuildKit builds for and a registry can name: Go's architectures with their variants.
// https://github.com/containerd/platforms
const platforms = [
    'linux/amd64',
    'linux/amd64/v2',
    'linux/amd64/v3',
    'linux/amd64/v4',
    'linux/arm64',
    'linux/arm64/v8',
    'linux/arm/v5',
    'linux/arm/v6',
    'linux/arm/v7',
    'linux/386',
    'linux/loong64',
    'linux/mips64',
    'linux/mips64le',
    'linux/ppc64le',
    'linux/riscv64',
    'linux/s390x',
    'windows/amd64',
    'windows/arm64',
];
const otherNames = {
    'linux/x86_64': 'linux/amd64',
    'linux/x86-64': 'linux/amd64',
    'linux/aarch64': 'linux/arm64',
    'linux/armhf': 'linux/arm/v7',
    'linux/arm': 'linux/arm/v7',
    amd64: 'linux/amd64',
    x86_64: 'linux/amd64',
    arm64: 'linux/arm64',
    aarch64: 'linux/arm64',
};
/**
 * Checks the platforms that an image is to have, each once.
 *
 * @throws UserError `input-invalid` for the first that no builder knows, with the nearest that one does
 */
function parsePlatforms(names) {
    for (const name of names) {
        if (platforms.includes(name))
            continue;
        const nearest = otherNames[name.toLowerCase()] ?? (0,nearest_name/* nearestName */.q)(name, platforms);
        const hint = nearest === undefined ? `legal are ${platforms.join(', ')}` : `did you mean ${nearest}?`;
        throw new user_error/* UserError */.y('input-invalid', `there is no platform "${name}"; ${hint}`);
    }
    return [...new Set(names)];
}

// EXTERNAL MODULE: ./lib/image/reference.js
var reference = __webpack_require__(8404);
// EXTERNAL MODULE: ./lib/image/tag.js
var tag = __webpack_require__(4781);
;// CONCATENATED MODULE: ./lib/image/tag-rule.js



const commonOptions = ['prefix', 'suffix', 'enable', 'priority'];
const optionsByType = {
    sha: ['format'],
    branch: [],
    tag: [],
    pr: [],
    ref: ['event'],
    semver: ['pattern', 'value'],
    raw: ['value'],
};
const patternWords = ['version', 'major', 'minor', 'patch', 'raw'];
/**
 * Reads the lines of the input `tags`. `type=ref,event=branch|tag|pr` is taken as docker/metadata-action writes it, and is
 * the same as `type=branch|tag|pr`.
 *
 * @throws UserError `input-invalid` for the first line that is neither a legal tag nor a rule
 * @see https://github.com/docker/metadata-action#tags-input
 */
function parseTagRules(lines) {
    return lines.map((line) => (/^\s*type\s*=/.test(line) ? parseRule(line) : parseLiteral(line.trim())));
}
function parseLiteral(text) {
    return { type: 'literal', tag: (0,tag/* requireTag */.a_)(text) };
}
function parseRule(line) {
    const options = parseOptions(line);
    const type = ruleType(line, options);
    refuseUnknownOptions(line, options);
    const common = {
        prefix: options.get('prefix') ?? (type === 'pr' ? 'pr-' : ''),
        suffix: options.get('suffix') ?? '',
        enable: oneOf(line, 'enable', options.get('enable') ?? 'true', ['true', 'false']) === 'true',
        priority: wholeNumber(line, options.get('priority') ?? '0'),
    };
    switch (type) {
        case 'sha':
            return {
                type,
                format: oneOf(line, 'format', options.get('format') ?? 'short', ['short', 'long']),
                ...common,
            };
        case 'branch':
        case 'tag':
        case 'pr':
            return { type, ...common };
        case 'semver':
            return {
                type,
                pattern: checkPattern(line, options.get('pattern') ?? '{{version}}'),
                value: options.get('value') || undefined,
                ...common,
            };
        case 'raw': {
            const value = options.get('value') ?? '';
            if (value === '' && common.enable)
                throw problem(line, 'value is missing, as in type=raw,value=latest');
            return { type, value, ...common };
        }
    }
}
function parseOptions(line) {
    const options = new Map();
    for (const part of line.split(',')) {
        const at = part.indexOf('=');
        if (at < 0)
            throw problem(line, `"${part.trim()}" is not option=value`);
        options.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
    }
    return options;
}
function ruleType(line, options) {
    const type = options.get('type') ?? '';
    if (type === 'ref')
        return oneOf(line, 'event', options.get('event') ?? '', ['branch', 'tag', 'pr']);
    return oneOf(line, 'type', type, ['sha', 'branch', 'tag', 'pr', 'semver', 'raw']);
}
function refuseUnknownOptions(line, options) {
    const legal = ['type', ...commonOptions, ...(optionsByType[options.get('type') ?? ''] ?? [])];
    for (const name of options.keys()) {
        if (legal.includes(name))
            continue;
        const nearest = (0,nearest_name/* nearestName */.q)(name, legal);
        const hint = nearest === undefined ? `legal are ${legal.join(', ')}` : `did you mean ${nearest}?`;
        throw problem(line, `it has no option "${name}"; ${hint}`);
    }
}
function checkPattern(line, pattern) {
    for (const [, word = ''] of pattern.matchAll(/\{\{\s*(.*?)\s*\}\}/g)) {
        if (!patternWords.includes(word)) {
            throw problem(line, `the pattern knows {{${patternWords.join('}}, {{')}}}, not {{${word}}}`);
        }
    }
    return pattern;
}
function oneOf(line, option, value, legal) {
    const found = legal.find((candidate) => candidate === value);
    if (found !== undefined)
        return found;
    throw problem(line, `expected ${option} to be one of ${legal.join(', ')}, got "${value}"`);
}
function wholeNumber(line, text) {
    if (/^-?\d+$/.test(text))
        return Number(text);
    throw problem(line, `expected priority to be a whole number, got "${text}"`);
}
function problem(line, what) {
    return new user_error/* UserError */.y('input-invalid', `in the rule "${line.trim()}": ${what}`);
}

;// CONCATENATED MODULE: ./build-push-ecr/inputs.js




function readBuildPushInputs(input) {
    const inputs = {
        repository: readRepository(input),
        registryId: input.parsed('registry-id', parseRegistryId, undefined),
        createRepository: input.bool('create-repository'),
        context: input.text('context'),
        file: input.optionalText('file'),
        target: input.optionalText('target'),
        buildArguments: readKeyValues(input, 'build-args'),
        secrets: input.pairs('secrets').map((pair) => readSecret(input, pair)),
        ssh: input.lines('ssh').flatMap((line) => readSsh(input, line)),
        platforms: input.parsed('platforms', () => parsePlatforms(input.list('platforms')), []),
        cache: input.oneOf('cache', ['none', 'registry', 'gha']),
        provenance: input.oneOf('provenance', ['off', 'min', 'max']),
        sbom: input.bool('sbom'),
        labels: readKeyValues(input, 'labels'),
        tagRules: input.parsed('tags', (text) => parseTagRules(toLines(text)), []),
        imageArchive: input.optionalText('image-archive'),
        reuse: input.bool('reuse'),
        push: input.bool('push'),
        scan: input.oneOf('scan', ['off', 'critical', 'high', 'medium', 'low', 'informational']),
        scanTimeoutMinutes: input.number('scan-timeout-minutes', { min: 0, max: 360 }),
        maxRetries: input.integer('retries', { min: 0, max: 10 }),
    };
    if (!inputs.push && inputs.scan !== 'off') {
        input.problem('input "scan" has no effect together with push: false, as ECR scans what is pushed');
    }
    if (inputs.imageArchive !== undefined)
        refuseBuildInputs(input, inputs);
    return inputs;
}
function readRepository(input) {
    const name = input.text('repository');
    return name === '' ? '' : input.parsed('repository', reference/* parseRepositoryName */.$M, '');
}
function parseRegistryId(text) {
    const id = text.trim();
    if (id === '')
        return undefined;
    if (/^\d{12}$/.test(id))
        return id;
    throw new user_error/* UserError */.y('input-invalid', `expected an account id of 12 digits, got "${id}"`);
}
// The value is never shown, not even where the line is wrong.
function readSecret(input, { key, value }) {
    if (!/^[A-Za-z0-9_.-]+$/.test(key)) {
        input.problem(`input "secrets": the id "${key}" may hold letters, digits, and _ . - only`);
    }
    if (value === '' || value === '@') {
        input.problem(`input "secrets": the secret ${key} has no value; is the repository's secret set and readable here?`);
    }
    return value.startsWith('@')
        ? { id: key, source: { kind: 'file', path: value.slice(1) } }
        : { id: key, source: { kind: 'value', value } };
}
// A comma would start a second key, as docker reads the option.
function readSsh(input, line) {
    const [, id, path] = /^([A-Za-z0-9_.-]+)(?:=([^,]+))?$/.exec(line) ?? [];
    if (id !== undefined)
        return [{ id, path }];
    input.problem('input "ssh": expected `default`, another id, or id=path of a key or agent\'s socket on every line');
    return [];
}
function refuseBuildInputs(input, inputs) {
    const given = {
        file: inputs.file !== undefined,
        target: inputs.target !== undefined,
        'build-args': inputs.buildArguments.size > 0,
        secrets: inputs.secrets.length > 0,
        ssh: inputs.ssh.length > 0,
        platforms: inputs.platforms.length > 0,
        cache: inputs.cache !== 'none',
        provenance: inputs.provenance !== 'off',
        sbom: inputs.sbom,
        labels: inputs.labels.size > 0,
    };
    for (const [name, isGiven] of Object.entries(given)) {
        if (isGiven)
            input.problem(`input "${name}" has no effect together with image-archive, which is pushed as it is`);
    }
}
function readKeyValues(input, name) {
    const pairs = input.pairs(name);
    for (const { key } of pairs) {
        if (/\s/.test(key))
            input.problem(`input "${name}": the key "${key}" may not hold blanks`);
    }
    return new Map(pairs.map(({ key, value }) => [key, value]));
}
function toLines(text) {
    return text
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
}


/***/ }),

/***/ 6195:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _lib_aws_ecr_image_scanner_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1232);
/* harmony import */ var _lib_aws_ecr_repository_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6830);
/* harmony import */ var _lib_aws_ecr_repository_creation_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8976);
/* harmony import */ var _lib_docker_build_context_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5686);
/* harmony import */ var _lib_docker_docker_builder_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9287);
/* harmony import */ var _lib_image_push_report_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6498);
/* harmony import */ var _lib_registry_image_archive_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(82);
/* harmony import */ var _lib_registry_registry_repository_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(5101);
/* harmony import */ var _lib_runner_github_run_js__WEBPACK_IMPORTED_MODULE_18__ = __webpack_require__(9799);
/* harmony import */ var _lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(3562);
/* harmony import */ var _lib_runner_job_summary_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(40);
/* harmony import */ var _lib_runner_outputs_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(356);
/* harmony import */ var _lib_runner_run_action_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(8278);
/* harmony import */ var _lib_runner_system_clock_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(8046);
/* harmony import */ var _lib_runner_workspace_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(5351);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(4610);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(5738);



















// Everything private of a run lies in one directory, which is in the state before anything is written to it.
const directoryState = 'directory';
await (0,_lib_runner_run_action_js__WEBPACK_IMPORTED_MODULE_13__/* .runAction */ .C)({
    async main() {
        const inputs = (0,_lib_runner_run_action_js__WEBPACK_IMPORTED_MODULE_13__/* .readActionInputs */ .U)(_inputs_js__WEBPACK_IMPORTED_MODULE_16__/* .readBuildPushInputs */ .Q);
        for (const { source } of inputs.secrets)
            if (source.kind === 'value')
                (0,_lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_10__/* .maskSecret */ .$l)(source.value);
        const directory = await (0,_lib_runner_workspace_js__WEBPACK_IMPORTED_MODULE_15__/* .makeTemporaryDirectory */ .LN)('build-push-ecr');
        (0,_lib_runner_outputs_js__WEBPACK_IMPORTED_MODULE_12__/* .saveState */ .LZ)(directoryState, directory);
        const { sha, ref, runUrl } = (0,_lib_runner_github_run_js__WEBPACK_IMPORTED_MODULE_18__/* .readGithubRun */ .l)();
        const source = { sha, ref, repositoryUrl: runUrl?.replace(/\/actions\/runs\/\d+$/, '') };
        const report = await (0,_run_js__WEBPACK_IMPORTED_MODULE_17__/* .buildPush */ .h)(inputs, source, createPorts(inputs, directory));
        (0,_lib_runner_outputs_js__WEBPACK_IMPORTED_MODULE_12__/* .setOutputs */ .n0)({
            image: report.image,
            digest: report.digest,
            tags: report.tags.join('\n'),
            registry: report.registry,
            repository: report.repository,
            'image-tagged': report.imageTagged,
            reused: String(report.reused),
        });
        await (0,_lib_runner_job_summary_js__WEBPACK_IMPORTED_MODULE_11__/* .writeJobSummary */ .j)((0,_lib_image_push_report_js__WEBPACK_IMPORTED_MODULE_7__/* .renderPushSummary */ .v)(report));
        if (report.scan?.failure !== undefined)
            throw report.scan.failure;
    },
    async post() {
        const directory = (0,_lib_runner_outputs_js__WEBPACK_IMPORTED_MODULE_12__/* .readState */ .un)(directoryState);
        if (directory !== undefined)
            await (0,_lib_runner_workspace_js__WEBPACK_IMPORTED_MODULE_15__/* .removeDirectory */ .q)(directory);
    },
});
function createPorts(inputs, directory) {
    const { maxRetries, repository, registryId } = inputs;
    const retry = { clock: _lib_runner_system_clock_js__WEBPACK_IMPORTED_MODULE_14__/* .systemClock */ .m, random: Math.random, maxRetries, log: _lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_10__/* .jobLog */ .Wh };
    const place = { repository, registryId, maxRetries };
    const ecr = (0,_lib_aws_ecr_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .openEcrRepository */ .D)(place);
    return {
        clock: _lib_runner_system_clock_js__WEBPACK_IMPORTED_MODULE_14__/* .systemClock */ .m,
        log: _lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_10__/* .jobLog */ .Wh,
        async authorize() {
            const login = await ecr.authorize();
            (0,_lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_10__/* .maskSecret */ .$l)(login.password);
            (0,_lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_10__/* .maskSecret */ .$l)(Buffer.from(`${login.username}:${login.password}`).toString('base64'));
            return login;
        },
        findTagged: ecr.findTagged,
        findTagMutability: ecr.findTagMutability,
        createRepository: (settings) => (0,_lib_aws_ecr_repository_creation_js__WEBPACK_IMPORTED_MODULE_4__/* .createEcrRepository */ .X)(place, settings, _lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_10__/* .jobLog */ .Wh),
        openScanner: () => (0,_lib_aws_ecr_image_scanner_js__WEBPACK_IMPORTED_MODULE_2__/* .openEcrImageScanner */ .M)(place),
        openRepository: (login) => (0,_lib_registry_registry_repository_js__WEBPACK_IMPORTED_MODULE_9__/* .openRegistryRepository */ .O)(login, repository, retry),
        openBuilder: (login) => (0,_lib_docker_docker_builder_js__WEBPACK_IMPORTED_MODULE_6__/* .openDockerBuilder */ .y)({ log: _lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_10__/* .jobLog */ .Wh, directory, login, retry }),
        findBuildFiles: (request) => (0,_lib_docker_build_context_js__WEBPACK_IMPORTED_MODULE_5__/* .findBuildFiles */ .t)((0,_lib_runner_workspace_js__WEBPACK_IMPORTED_MODULE_15__/* .workspace */ .Gl)(), request),
        async openArchive(path) {
            const scratch = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, 'archive');
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(scratch);
            return (0,_lib_registry_image_archive_js__WEBPACK_IMPORTED_MODULE_8__/* .openImageArchive */ .o)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)((0,_lib_runner_workspace_js__WEBPACK_IMPORTED_MODULE_15__/* .workspace */ .Gl)(), path), path, scratch);
        },
    };
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 5738:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  h: () => (/* binding */ buildPush)
});

// EXTERNAL MODULE: ./lib/image/byte-size.js
var byte_size = __webpack_require__(1121);
// EXTERNAL MODULE: ./lib/image/digest.js
var image_digest = __webpack_require__(2285);
// EXTERNAL MODULE: ./lib/image/image-content.js
var image_content = __webpack_require__(9436);
// EXTERNAL MODULE: ./lib/message/duration.js
var duration = __webpack_require__(7955);
// EXTERNAL MODULE: ../../../node_modules/semver/functions/parse.js
var parse = __webpack_require__(3075);
// EXTERNAL MODULE: ./lib/message/user-error.js
var user_error = __webpack_require__(9751);
// EXTERNAL MODULE: ./lib/image/tag.js
var tag = __webpack_require__(4781);
;// CONCATENATED MODULE: ./lib/image/image-tags.js



/**
 * The tags of this run, in the order of the rules (higher `priority` first), without duplicates. A rule that does not
 * apply, such as `type=branch` on a tag, gives none.
 *
 * A pre-release version (`1.4.2-rc.1`) fills `{{version}}` and `{{raw}}` patterns only: `1.4` must not move to it, as
 * docker/metadata-action documents.
 *
 * @throws UserError `input-invalid` when a rule gives an illegal tag, or when no rule gives any
 */
function resolveTags(rules, source) {
    const ref = parseRef(source.ref);
    const names = [...rules]
        .sort((a, b) => priorityOf(b) - priorityOf(a))
        .flatMap((rule) => {
        const name = resolveRule(rule, source, ref);
        return name === undefined ? [] : [{ name, moves: isMoving(rule) }];
    });
    if (names.length === 0) {
        throw new user_error/* UserError */.y('input-invalid', `input "tags": no rule gives a tag for ${source.ref ?? 'this run'}; add one that always does, such as type=sha`);
    }
    const short = source.sha?.slice(0, 7);
    return [...new Set(names.map(({ name }) => name))].map((name) => {
        const namesCommit = short !== undefined && short !== '' && name.includes(short);
        const moves = names.every((tag) => tag.name !== name || tag.moves);
        return { name, namesCommit, moves: moves && !namesCommit };
    });
}
function isMoving(rule) {
    switch (rule.type) {
        case 'branch':
        case 'pr':
            return true;
        case 'semver':
            return !/\{\{\s*(?:version|raw|patch)\s*\}\}/.test(rule.pattern);
        case 'sha':
        case 'tag':
        case 'raw':
        case 'literal':
            return false;
    }
}
/** The version a `type=semver` rule would read from the ref, or undefined: for the label `org.opencontainers.image.version`. */
function versionOf(source) {
    const ref = parseRef(source.ref);
    return ref?.kind === 'tag' ? parse(ref.name)?.version : undefined;
}
function priorityOf(rule) {
    return rule.type === 'literal' ? 0 : rule.priority;
}
function resolveRule(rule, source, ref) {
    if (rule.type === 'literal')
        return rule.tag;
    if (!rule.enable)
        return undefined;
    const value = ruleValue(rule, source, ref);
    if (value === undefined || value === '')
        return undefined;
    const words = { branch: refName(ref, 'branch'), tag: refName(ref, 'tag'), sha: source.sha?.slice(0, 7) };
    return (0,tag/* requireTag */.a_)((0,tag/* mapToTag */.Mx)(fill(`${rule.prefix}${value}${rule.suffix}`, words)));
}
function ruleValue(rule, source, ref) {
    switch (rule.type) {
        case 'sha':
            return rule.format === 'short' ? source.sha?.slice(0, 7) : source.sha;
        case 'branch':
        case 'tag':
        case 'pr':
            return refName(ref, rule.type);
        case 'raw':
            return rule.value;
        case 'semver':
            return fillVersion(rule.pattern, rule.value ?? refName(ref, 'tag'));
    }
}
function fillVersion(pattern, raw) {
    const version = parse(raw);
    if (version === null || raw === undefined)
        return undefined;
    const onlyWhole = /\{\{\s*(?:major|minor|patch)\s*\}\}/.test(pattern);
    if (version.prerelease.length > 0 && onlyWhole)
        return version.version;
    return fill(pattern, {
        version: version.version,
        raw,
        major: String(version.major),
        minor: String(version.minor),
        patch: String(version.patch),
    });
}
function fill(text, words) {
    return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, word) => Object.hasOwn(words, word) ? (words[word] ?? '') : whole);
}
function refName(ref, kind) {
    return ref?.kind === kind ? ref.name : undefined;
}
function parseRef(ref) {
    const [, space, name = ''] = /^refs\/(heads|tags|pull)\/(.+)$/.exec(ref ?? '') ?? [];
    switch (space) {
        case 'heads':
            return { kind: 'branch', name };
        case 'tags':
            return { kind: 'tag', name };
        case 'pull':
            return { kind: 'pr', name: name.split('/')[0] ?? name };
        default:
            return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/image/image-labels.js


/**
 * The labels of an image: OCI's own annotations for where it comes from, under what the user gives (theirs win).
 *
 * @param createdAt epoch milliseconds
 * @see https://github.com/opencontainers/image-spec/blob/main/annotations.md#pre-defined-annotation-keys
 */
function imageLabels(source, createdAt, given) {
    const labels = new Map([['org.opencontainers.image.created', (0,duration/* isoTime */.Ly)(createdAt)]]);
    const add = (name, value) => {
        if (value !== undefined)
            labels.set(`org.opencontainers.image.${name}`, value);
    };
    add('revision', source.sha);
    add('source', source.repositoryUrl);
    add('version', versionOf(source));
    for (const [name, value] of given)
        labels.set(name, value);
    return labels;
}

// EXTERNAL MODULE: ./lib/image/image-repository.js
var image_repository = __webpack_require__(3505);
// EXTERNAL MODULE: ./lib/image/manifest.js
var manifest = __webpack_require__(4072);
// EXTERNAL MODULE: ./lib/image/tag-mutability.js
var tag_mutability = __webpack_require__(9030);
;// CONCATENATED MODULE: ./lib/image/kept-tags.js


/**
 * The tags that a repository lets an image have for good reason: a moving tag, such as `main`, in a repository whose tags stay
 * would stick to the first image that gets it, and stop every later run. Such tags are left out with a warning. Nothing is
 * left out where the role may not ask how the repository keeps its tags.
 *
 * @throws UserError `tag-immutable` when no tag would be left
 */
function keepPossibleTags(tags, mutability, name, log) {
    if (mutability === undefined)
        return tags;
    const stuck = tags.filter((tag) => tag.moves && (0,tag_mutability/* isTagImmutable */.j)(mutability, tag.name));
    if (stuck.length === 0)
        return tags;
    const names = stuck.map((tag) => tag.name).join(', ');
    const fix = `exclude ${stuck.length === 1 ? 'it' : 'them'} from the repository's immutability (aws ecr put-image-tag-mutability)`;
    const kept = tags.filter((tag) => !stuck.includes(tag));
    if (kept.length === 0) {
        throw new user_error/* UserError */.y('tag-immutable', `Every tag of this run moves from commit to commit (${names}), and ${name} keeps its tags: add a tag that stays, such as type=sha, or ${fix}.`);
    }
    log.warning(`The image does not get the tag ${names}: it moves from commit to commit, and ${name} keeps its tags. To have it, ${fix}.`);
    return kept;
}

// EXTERNAL MODULE: ./lib/image/build-cache.js
var build_cache = __webpack_require__(8398);
;// CONCATENATED MODULE: ./lib/image/new-repository.js

// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageTagMutabilityExclusionFilter.html
const filterLimit = 5;
const untaggedDays = 30;
/**
 * The settings for a new repository: tags stay, but for those of this run that move and for the cache's.
 *
 * The lifecycle policy expires what no tag holds, after 30 days: leftovers of broken pushes and replaced caches. It can expire
 * nothing that a service may still run: services run images of this action by digest, each of those digests has at least one
 * tag that never leaves it, and tagged images never expire; neither do the untagged manifests of a tagged index, which ECR
 * keeps as long as the index (https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html). Where every tag
 * moves, older digests lose theirs while services may run them, so then there is no policy.
 */
function planRepository(tags) {
    const moving = tags.filter(({ moves }) => moves).map(({ name }) => name);
    const hasLasting = tags.some(({ moves, name }) => !moves && name !== build_cache/* cacheTag */.z);
    return {
        movingTags: [...new Set([build_cache/* cacheTag */.z, ...moving])].slice(0, filterLimit),
        lifecyclePolicy: hasLasting ? JSON.stringify({ rules: [expireUntagged] }) : undefined,
    };
}
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
const expireUntagged = {
    rulePriority: 1,
    description: `Expire what no tag has held for ${untaggedDays} days; tagged images never expire`,
    selection: {
        tagStatus: 'untagged',
        countType: 'sinceImagePushed',
        countUnit: 'days',
        countNumber: untaggedDays,
    },
    action: { type: 'expire' },
};

// EXTERNAL MODULE: ./lib/image/tag-state.js
var tag_state = __webpack_require__(1585);
;// CONCATENATED MODULE: ./lib/image/push-target.js




/**
 * Finds out what a repository has under the tags wanted, and which of them it lets an image have. A missing repository is
 * created, where that is wanted. A run whose tags are all there already costs one call.
 */
async function findPushTarget(tags, { name, create }, ports) {
    const state = await findState(tags, create, ports);
    if (!tags.some(({ moves }) => moves) || (0,tag_state/* findReusableImage */.Yv)(tags, state) !== undefined)
        return { tags, state };
    return { tags: keepPossibleTags(tags, await ports.findTagMutability(), name, ports.log), state };
}
async function findState(tags, create, ports) {
    try {
        return await ports.findTagged(tags.map(({ name }) => name));
    }
    catch (error) {
        const missing = error instanceof user_error/* UserError */.y && error.code === 'repository-not-found';
        if (!create || !missing)
            throw error;
        await ports.createRepository(planRepository(tags));
        return new Map();
    }
}

// EXTERNAL MODULE: ./lib/image/reference.js
var reference = __webpack_require__(8404);
// EXTERNAL MODULE: ./lib/image/scan-finding.js
var scan_finding = __webpack_require__(6196);
;// CONCATENATED MODULE: ./lib/image/scan-gate.js




const pollMilliseconds = 3_000;
// A scan on push is asked for by the push itself; only after this time one is asked for here.
const graceMilliseconds = 6_000;
// Amazon Inspector says ACTIVE before its findings arrive: https://github.com/aws/aws-for-fluent-bit/pull/1105
const settleMilliseconds = 30_000;
/**
 * Waits until the registry has scanned an image, every platform of an index by itself (an index as such is never scanned),
 * and tells whether anything at least as grave as `least` was found. A scan that did not happen shuts the gate as well.
 */
async function checkScan(gate, root) {
    const deadline = gate.clock.now() + gate.timeoutSeconds * 1000;
    const images = [];
    try {
        for (const { digest, platform } of scannedManifests(root)) {
            const findings = await awaitFindings(gate, digest, deadline);
            images.push({ digest, platform, findings: [...findings].sort(byName) });
        }
    }
    catch (error) {
        if (!(error instanceof user_error/* UserError */.y))
            throw error;
        return { least: gate.least, images, failure: error };
    }
    return { least: gate.least, images, failure: judge(gate.least, images) };
}
/** Findings that shut the gate, each named once though several platforms have it. */
function blockingFindings({ least, images }) {
    const all = images.flatMap(({ findings }) => findings);
    return [...new Set(all.filter(({ severity }) => (0,scan_finding/* isAtLeast */.du)(severity, least)).map(({ name }) => name))];
}
function judge(least, images) {
    const names = blockingFindings({ least, images });
    if (names.length === 0)
        return undefined;
    const shown = names.slice(0, 5).join(', ');
    const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
    const many = names.length === 1 ? '1 vulnerability' : `${names.length} vulnerabilities`;
    return new user_error/* UserError */.y('vulnerabilities-found', `The scan found ${many} of severity ${least} or above: ${shown}${more}. The image is pushed; do not deploy it. Update the packages that the job summary names, or lower the gate with the input scan.`);
}
function scannedManifests(root) {
    const content = (0,manifest/* readManifest */.WI)(root.bytes);
    if (content?.kind !== 'index')
        return [{ digest: root.digest, platform: undefined }];
    const attestations = attestationDigests(root);
    return content.manifests.filter(({ digest }) => !attestations.has(digest));
}
// BuildKit lists attestations under a platform that says it is none; an image may be silent about its own, and is scanned.
// https://docs.docker.com/build/metadata/attestations/attestation-storage/
function attestationDigests(root) {
    const { manifests } = (0,manifest/* parseJsonObject */.dw)(root.bytes, `index ${root.digest}`);
    const entries = manifests;
    return new Set(entries.filter(({ platform }) => platform?.os === 'unknown').map(({ digest }) => digest));
}
async function awaitFindings({ scanner, clock, timeoutSeconds }, digest, deadline) {
    const startedAt = clock.now();
    let refusal;
    let asked = false;
    let active;
    for (;;) {
        const state = await scanner.findScan(digest);
        const now = clock.now();
        if (state.kind === 'done') {
            if (!state.continuous)
                return state.findings;
            const count = state.findings.length;
            if (active?.count !== count)
                active = { count, since: now };
            if (now - active.since >= settleMilliseconds)
                return state.findings;
        }
        if (state.kind === 'unscannable')
            throw unscannable(digest, state.reason);
        if (state.kind === 'missing' && !asked && now - startedAt >= graceMilliseconds) {
            asked = true;
            refusal = await scanner.startScan(digest);
        }
        if (now >= deadline)
            throw outOfTime(digest, state, refusal, timeoutSeconds);
        if (state.kind === 'missing' && refusal !== undefined && now - startedAt >= settleMilliseconds) {
            throw notEnabled(digest, refusal);
        }
        await clock.sleep(Math.max(0, Math.min(pollMilliseconds, deadline - now)));
    }
}
function outOfTime(digest, { kind }, refusal, timeoutSeconds) {
    if (kind === 'missing')
        return notEnabled(digest, refusal ?? 'no scan has begun');
    return new user_error/* UserError */.y('scan-incomplete', `The scan of ${(0,image_digest/* shortDigest */.VK)(digest)} was not done after ${timeoutSeconds / 60} minutes. Raise the input scan-timeout-minutes, or run the job again: a scan goes on by itself.`);
}
function notEnabled(digest, reason) {
    return new user_error/* UserError */.y('scan-not-enabled', `Scanning is not enabled for ${(0,image_digest/* shortDigest */.VK)(digest)}: ${reason}. Set scan on push for the repository (aws ecr put-image-scanning-configuration), include it in the registry's enhanced scanning, or allow ecr:StartImageScan.`);
}
function unscannable(digest, reason) {
    return new user_error/* UserError */.y('scan-incomplete', `ECR could not scan ${(0,image_digest/* shortDigest */.VK)(digest)}: ${reason}. Use a base image that its scanner knows, or set the input scan to off.`);
}
function byName(a, b) {
    if (a.severity !== b.severity)
        return (0,scan_finding/* isAtLeast */.du)(a.severity, b.severity) ? -1 : 1;
    return a.name < b.name ? -1 : 1;
}

// EXTERNAL MODULE: ./lib/image/tag-image.js
var tag_image = __webpack_require__(2269);
;// CONCATENATED MODULE: ./lib/image/store-image.js




/** Uploads an archive's image, unless all its tags have it already. */
async function storeArchive(path, content, { repository, tags, state }, log) {
    const reused = tags.every((tag) => state.get(tag)?.digest === content.root.digest);
    if (!reused) {
        const { uploadedBlobs, uploadedBytes, presentBlobs } = await repository.uploadContent(content);
        log.info(`Uploaded ${uploadedBlobs} blobs (${(0,byte_size/* sayBytes */.z)(uploadedBytes)}); ${presentBlobs} were there`);
    }
    const origin = `the archive ${path}`;
    return { manifest: content.root, origin, platforms: content.platforms, pushedTag: undefined, reused };
}
/**
 * Builds an image and pushes it, under one tag or, where the builder can, under none.
 *
 * @throws UserError `tag-immutable` with both images where that tag is kept; `push-failed` when the registry does not have
 *   what docker says it pushed
 */
async function storeBuild(builder, request, destination) {
    const { repository, state } = destination;
    const built = await builder.build(request);
    const facts = { origin: built.builder, platforms: built.platforms, reused: false };
    const same = (0,tag_state/* findSameImage */.Xt)(built.imageId, state);
    if (same !== undefined)
        return { ...facts, manifest: same, pushedTag: undefined };
    const [tag = ''] = (0,tag_state/* orderForPush */.yD)(request.tags, state);
    const digest = built.pushedDigest ??
        (await builder.push(`${request.name}:${tag}`).catch((error) => {
            if (!(error instanceof user_error/* UserError */.y) || error.code !== 'tag-immutable')
                throw error;
            throw (0,tag_image/* tagImmutable */.X)(destination, tag, `the build ${built.imageId}`, error);
        }));
    const manifest = await repository.findManifest(digest);
    if (manifest !== undefined) {
        return { ...facts, manifest, pushedTag: built.pushedDigest === undefined ? tag : undefined };
    }
    throw new user_error/* UserError */.y('push-failed', `After the push of ${request.name} the registry does not have ${digest}.`);
}

;// CONCATENATED MODULE: ./build-push-ecr/run.js














/**
 * Builds or opens the image, uploads it, and gives it its tags. The order is: what can be checked locally, then the
 * repository, then the build, then the push; nothing is pushed after a failed check.
 */
async function buildPush(inputs, source, ports) {
    const startedAt = ports.clock.now();
    const tags = resolveTags(inputs.tagRules, source);
    const work = { inputs, source, ports, tags, from: await openSource(inputs, ports) };
    const report = inputs.push ? await push(work) : await stayLocal(work);
    return { ...report, durationSeconds: (ports.clock.now() - startedAt) / 1000 };
}
async function openSource(inputs, ports) {
    const path = inputs.imageArchive;
    if (path === undefined)
        return { kind: 'build', files: await ports.findBuildFiles(inputs) };
    const content = await ports.openArchive(path);
    const size = (0,byte_size/* sayBytes */.z)((0,image_content/* contentSizeBytes */.w)(content));
    ports.log.info(`The archive ${path} holds ${content.root.digest} (${size})`);
    return { kind: 'archive', path, content };
}
async function push(wanted) {
    const { inputs, ports } = wanted;
    const name = inputs.repository;
    const login = await ports.authorize();
    const target = await findPushTarget(wanted.tags, { name, create: inputs.createRepository }, ports);
    const { state } = target;
    const work = { ...wanted, tags: target.tags };
    const tags = target.tags.map((tag) => tag.name);
    const destination = { repository: ports.openRepository(login), name, tags, state };
    const stored = await store(work, login, destination);
    const { digest, bytes } = stored.manifest;
    const tagged = tags.filter((tag) => tag === stored.pushedTag || state.get(tag)?.digest === digest);
    await (0,tag_image/* tagImage */.E)({ ...destination, manifest: stored.manifest, tagged });
    const registry = (0,image_repository/* registryHost */.U)(login);
    const image = (0,reference/* referenceByDigest */.HC)(registry, name, digest);
    ports.log.info(`${stored.reused ? 'Reused' : 'Pushed'} ${image} with the tags ${tags.join(', ')}`);
    return {
        registry,
        repository: name,
        tags,
        image,
        digest,
        imageTagged: `${registry}/${name}:${tags[0]}`,
        reused: stored.reused,
        origin: stored.origin,
        platforms: stored.platforms,
        sizeBytes: (0,manifest/* imageSizeBytes */.Uw)(bytes),
        scan: await scan(inputs, stored.manifest, ports),
    };
}
/** The image is pushed by now, as ECR scans only what it has; what the scan says is for the report to tell. */
async function scan({ scan: least, scanTimeoutMinutes }, manifest, ports) {
    if (least === 'off')
        return undefined;
    ports.log.info(`Waiting for the scan of ${(0,image_digest/* shortDigest */.VK)(manifest.digest)}`);
    const gate = { scanner: ports.openScanner(), clock: ports.clock, least };
    return checkScan({ ...gate, timeoutSeconds: scanTimeoutMinutes * 60 }, manifest);
}
async function store(work, login, destination) {
    const { inputs, from, tags, ports } = work;
    if (from.kind === 'archive')
        return storeArchive(from.path, from.content, destination, ports.log);
    const manifest = inputs.reuse ? (0,tag_state/* findReusableImage */.Yv)(tags, destination.state) : undefined;
    if (manifest === undefined) {
        const builder = await ports.openBuilder(login);
        return storeBuild(builder, buildRequest(work, from.files, login), destination);
    }
    ports.log.info(`Nothing to build: ${(0,image_digest/* shortDigest */.VK)(manifest.digest)} has all tags of this commit (reuse)`);
    const origin = 'an earlier run of this commit';
    return { manifest, origin, platforms: [], pushedTag: undefined, reused: true };
}
async function stayLocal(work) {
    const { inputs, ports, from } = work;
    const tags = work.tags.map(({ name }) => name);
    const login = from.kind === 'build' ? await authorizeIfPossible(ports) : undefined;
    const registry = login === undefined ? undefined : (0,image_repository/* registryHost */.U)(login);
    const name = registry === undefined ? inputs.repository : `${registry}/${inputs.repository}`;
    const facts = {
        registry,
        repository: inputs.repository,
        tags,
        image: undefined,
        digest: undefined,
        imageTagged: `${name}:${tags[0]}`,
        reused: false,
        sizeBytes: undefined,
        scan: undefined,
    };
    if (from.kind === 'archive') {
        return { ...facts, origin: `the archive ${from.path}`, platforms: from.content.platforms };
    }
    const builder = await ports.openBuilder(login);
    const built = await builder.build(buildRequest(work, from.files, login));
    return { ...facts, origin: built.builder, platforms: built.platforms };
}
/** Without a push the login serves private base images only, and pull requests from forks have no credentials. */
async function authorizeIfPossible(ports) {
    try {
        return await ports.authorize();
    }
    catch (error) {
        const missing = error instanceof user_error/* UserError */.y && ['credentials-missing', 'region-missing'].includes(error.code);
        if (!missing)
            throw error;
        ports.log.info('There are no AWS credentials, so nothing can be pulled from Amazon ECR');
        return undefined;
    }
}
function buildRequest({ inputs, source, ports, tags }, files, login) {
    return {
        ...files,
        target: inputs.target,
        buildArguments: inputs.buildArguments,
        labels: imageLabels(source, ports.clock.now(), inputs.labels),
        name: login === undefined ? inputs.repository : `${(0,image_repository/* registryHost */.U)(login)}/${inputs.repository}`,
        tags: tags.map(({ name }) => name),
        push: inputs.push,
        insecure: login?.origin.startsWith('http:') ?? false,
        platforms: inputs.platforms,
        cache: inputs.cache,
        provenance: inputs.provenance,
        sbom: inputs.sbom,
    };
}


/***/ }),

/***/ 1232:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ openEcrImageScanner)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5991);
/* harmony import */ var _image_scan_finding_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6196);
/* harmony import */ var _message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(345);
/* harmony import */ var _aws_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4463);
/* harmony import */ var _client_config_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3389);





/**
 * Scans by ECR: basic scanning, which ends, or enhanced scanning by Amazon Inspector, which goes on for ever.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html
 */
function openEcrImageScanner({ repository, registryId, maxRetries, }) {
    const client = new _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_2__/* .ECRClient */ .S70((0,_client_config_js__WEBPACK_IMPORTED_MODULE_3__/* .clientConfig */ .y)({ maxRetries }));
    const nameImage = (imageDigest) => ({
        repositoryName: repository,
        imageId: { imageDigest },
        ...(registryId === undefined ? {} : { registryId }),
    });
    async function readPages(digest) {
        const pages = [];
        const paging = (0,_aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_2__/* .paginateDescribeImageScanFindings */ .tY4)({ client, pageSize: 1000 }, nameImage(digest));
        try {
            for await (const page of paging)
                pages.push(page);
        }
        catch (error) {
            if (!(0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .isAwsError */ .m_)(error, 'ScanNotFoundException'))
                throw error;
        }
        return pages;
    }
    return {
        async findScan(digest) {
            const what = `ecr:DescribeImageScanFindings on repository ${repository}`;
            return readState(await (0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .attempt */ .CD)(what, () => readPages(digest)));
        },
        async startScan(digest) {
            const what = `ecr:StartImageScan on repository ${repository}`;
            return (0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .attempt */ .CD)(what, () => client.send(new _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_2__/* .StartImageScanCommand */ .Qc9(nameImage(digest))).then(() => undefined, refusalOf));
        },
    };
}
/** Why there will be no scan. A scan that was asked for in the last 24 hours is as good as one that is asked for now. */
function refusalOf(error) {
    if ((0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .isAwsError */ .m_)(error, 'LimitExceededException'))
        return undefined;
    if ((0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .awsFailureKind */ ._r)(error) === 'access-denied')
        return 'the role may not call ecr:StartImageScan';
    const refused = ['ValidationException', 'UnsupportedImageTypeException'].some((name) => (0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .isAwsError */ .m_)(error, name));
    if (refused && error instanceof Error)
        return (0,_message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanRemoteLine */ .K)(error.message);
    throw error;
}
// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanStatus.html
function readState(pages) {
    const { status, description = '' } = pages[0]?.imageScanStatus ?? {};
    switch (status) {
        case undefined:
            return { kind: 'missing' };
        case 'IN_PROGRESS':
        case 'PENDING':
            return { kind: 'running' };
        case 'COMPLETE':
        case 'ACTIVE':
            return { kind: 'done', continuous: status === 'ACTIVE', findings: pages.flatMap(readFindings) };
        default:
            return { kind: 'unscannable', reason: (0,_message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanRemoteLine */ .K)(`${status} ${description}`).trim() };
    }
}
function readFindings({ imageScanFindings = {} }) {
    const { findings = [], enhancedFindings = [] } = imageScanFindings;
    return [...findings.map(readBasic), ...enhancedFindings.filter(isOpen).map(readEnhanced)];
}
function readBasic({ name = '', severity, attributes = [] }) {
    const attribute = (key) => attributes.find((one) => one.key === key)?.value;
    return {
        name,
        severity: (0,_image_scan_finding_js__WEBPACK_IMPORTED_MODULE_4__/* .parseSeverity */ .lv)(severity),
        packageName: joinWords(attribute('package_name'), attribute('package_version')),
        // Basic scanning does not say.
        fixedIn: undefined,
    };
}
// Inspector keeps what was suppressed by a rule, and what is mended.
function isOpen({ status = 'ACTIVE' }) {
    return status === 'ACTIVE';
}
function readEnhanced({ title = '', severity, packageVulnerabilityDetails, }) {
    const { vulnerabilityId, vulnerablePackages = [] } = packageVulnerabilityDetails ?? {};
    const [first] = vulnerablePackages;
    return {
        name: vulnerabilityId ?? title,
        severity: (0,_image_scan_finding_js__WEBPACK_IMPORTED_MODULE_4__/* .parseSeverity */ .lv)(severity === 'UNTRIAGED' ? 'undefined' : severity),
        packageName: joinWords(first?.name, first?.version),
        fixedIn: first?.fixedInVersion,
    };
}
function joinWords(name, version) {
    return name === undefined ? undefined : [name, version].filter((word) => word !== undefined).join(' ');
}


/***/ }),

/***/ 8976:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ createEcrRepository)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5991);
/* harmony import */ var _aws_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4463);
/* harmony import */ var _client_config_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3389);



/**
 * Creates a repository whose tags stay, which scans what is pushed, is encrypted, and expires nothing that is in use. One
 * that another job has just created is left as it is.
 *
 * @throws UserError when the role may not create it; a lifecycle policy that it may not set is only a warning
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
 */
async function createEcrRepository({ repository, registryId, maxRetries, }, { movingTags, lifecyclePolicy }, log) {
    const client = new _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_1__/* .ECRClient */ .S70((0,_client_config_js__WEBPACK_IMPORTED_MODULE_2__/* .clientConfig */ .y)({ maxRetries }));
    const target = { repositoryName: repository, ...(registryId === undefined ? {} : { registryId }) };
    const creation = new _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_1__/* .CreateRepositoryCommand */ .WTe({
        ...target,
        imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
        imageTagMutabilityExclusionFilters: movingTags.map((filter) => ({ filterType: 'WILDCARD', filter })),
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfiguration: { encryptionType: 'AES256' },
    });
    const created = await (0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .attempt */ .CD)(`ecr:CreateRepository of ${repository}`, () => client.send(creation).then(() => true, (error) => {
        if ((0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .isAwsError */ .m_)(error, 'RepositoryAlreadyExistsException'))
            return false;
        throw error;
    }));
    if (!created)
        return;
    log.info(`Created the repository ${repository}; its tags stay, but for ${movingTags.join(', ')}`);
    if (lifecyclePolicy === undefined)
        return;
    const policy = new _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_1__/* .PutLifecyclePolicyCommand */ .Rcn({ ...target, lifecyclePolicyText: lifecyclePolicy });
    await (0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .attempt */ .CD)(`ecr:PutLifecyclePolicy on repository ${repository}`, () => client.send(policy).catch((error) => {
        if ((0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .awsFailureKind */ ._r)(error) !== 'access-denied')
            throw error;
        log.warning(`The new repository ${repository} has no lifecycle policy: the role may not call ecr:PutLifecyclePolicy.`);
    }));
}


/***/ }),

/***/ 5686:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ findBuildFiles)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9751);



/**
 * Finds what a build takes its files from: the context is a directory of the workspace, the Dockerfile, the files of
 * secrets and ssh's keys exist.
 *
 * @throws UserError `input-invalid` that names the path
 */
async function findBuildFiles(workspace, request) {
    const contextPath = await findContext(workspace, request.context);
    const dockerfilePath = await findDockerfile(workspace, contextPath, request.file);
    const secrets = await Promise.all(request.secrets.map((secret) => findSecret(workspace, secret)));
    const ssh = await Promise.all(request.ssh.map((one) => findSsh(workspace, one)));
    return { contextPath, dockerfilePath, secrets, ssh };
}
async function findContext(workspace, context) {
    const path = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace, context)).catch(() => undefined);
    if (path === undefined || !(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path)).isDirectory()) {
        throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y('input-invalid', `input "context": ${context} is not a directory of the workspace ${workspace}. Check the path, and that actions/checkout ran before.`);
    }
    if (isInside(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(workspace), path))
        return path;
    throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y('input-invalid', `input "context": ${context} is outside the workspace ${workspace}; a build may only take files from the checkout.`);
}
async function findDockerfile(workspace, contextPath, file) {
    const path = file === undefined ? (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(contextPath, 'Dockerfile') : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace, file);
    if (await isFile(path))
        return path;
    const hint = file === undefined
        ? 'Name another with the input "file", relative to the workspace.'
        : 'The path is relative to the workspace, not to the context.';
    throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y('input-invalid', `There is no Dockerfile at ${path}. ${hint}`);
}
async function findSecret(workspace, { id, source }) {
    if (source.kind === 'value')
        return { id, source };
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace, source.path);
    if (await isFile(path))
        return { id, source: { kind: 'file', path } };
    throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y('input-invalid', `input "secrets": the file ${path} of the secret ${id} does not exist.`);
}
// An agent's socket or a key; without a path docker takes the agent of SSH_AUTH_SOCK.
async function findSsh(workspace, { id, path }) {
    if (path === undefined)
        return { id, path };
    const found = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace, path);
    const kind = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(found).catch(() => undefined);
    if (kind?.isFile() || kind?.isSocket())
        return { id, path: found };
    throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y('input-invalid', `input "ssh": there is no key or agent's socket at ${found}, for the id ${id}.`);
}
async function isFile(path) {
    return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path).catch(() => undefined))?.isFile() ?? false;
}
function isInside(directory, path) {
    const way = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(directory, path);
    return way !== '..' && !way.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_1__.sep}`) && !(0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(way);
}


/***/ }),

/***/ 9287:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  y: () => (/* binding */ openDockerBuilder)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/image/build-cache.js
var build_cache = __webpack_require__(8398);
// EXTERNAL MODULE: ./lib/image/build-option.js
var build_option = __webpack_require__(1475);
;// CONCATENATED MODULE: ./lib/image/builder-ability.js
/** True when the builder is outside the daemon: what is to be pushed, it pushes by itself, by digest. */
function pushesWhileBuilding(builder) {
    return builder.kind === 'buildx' && builder.driver !== 'docker';
}
/** True when the daemon can keep the result: the store from before containerd holds no image of several platforms. */
function canLoad(builder, { platforms }) {
    return platforms.length < 2 || (builder.kind === 'buildx' && builder.containerd);
}
const fix = 'add docker/setup-buildx-action before this step, whose builder (driver docker-container) can do it';
/**
 * What a build asks that this builder cannot do, as a sentence with the fix; undefined when it can do all.
 *
 * @see https://docs.docker.com/build/builders/drivers/ what the docker driver lacks without containerd's image store
 */
function missingAbility(builder, request) {
    const wanted = wishes(request).find(({ needs }) => !needs(builder));
    if (wanted === undefined)
        return undefined;
    return `${wanted.what}, ${sayLack(builder)}: ${fix}, or change the input ${wanted.input}.`;
}
function wishes(request) {
    const all = [
        {
            wanted: request.secrets.length > 0,
            input: 'secrets',
            what: 'Build secrets need BuildKit',
            needs: hasBuildKit,
        },
        {
            wanted: request.ssh.length > 0,
            input: 'ssh',
            what: 'Forwarding ssh needs BuildKit',
            needs: hasBuildKit,
        },
        {
            wanted: request.platforms.length > 1,
            input: 'platforms',
            what: 'An image for several platforms needs a buildx builder of its own',
            needs: hasWholeBuildx,
        },
        {
            wanted: request.platforms.length === 1,
            input: 'platforms',
            what: 'Choosing a platform needs BuildKit',
            needs: hasBuildKit,
        },
        {
            wanted: request.cache !== 'none',
            input: 'cache',
            what: `Cache of kind ${request.cache} needs a buildx builder of its own`,
            needs: hasWholeBuildx,
        },
        {
            wanted: request.push && request.provenance !== 'off',
            input: 'provenance',
            what: 'Attesting provenance needs a buildx builder of its own',
            needs: hasWholeBuildx,
        },
        {
            wanted: request.push && request.sbom,
            input: 'sbom',
            what: 'Attesting an SBOM needs a buildx builder of its own',
            needs: hasWholeBuildx,
        },
    ];
    return all.filter(({ wanted }) => wanted);
}
function hasBuildKit({ kind }) {
    return kind !== 'classic';
}
function hasWholeBuildx(builder) {
    return builder.kind === 'buildx' && (builder.driver !== 'docker' || builder.containerd);
}
function sayLack(builder) {
    switch (builder.kind) {
        case 'classic':
            return 'and docker here has only the classic builder';
        case 'buildkit':
            return "and docker here has only the daemon's BuildKit, without the buildx plugin";
        case 'buildx':
            return `and the selected builder has the ${builder.driver} driver, without containerd's image store`;
    }
}

;// CONCATENATED MODULE: ./lib/image/build-command.js



/**
 * The docker command that builds an image.
 *
 * @param metadataPath where buildx writes the digest of what it pushed
 */
function buildCommand(builder, request, metadataPath) {
    const secrets = builder.kind === 'classic' ? noSecrets : secretOptions(request.secrets);
    return {
        arguments: [
            ...commandWords(builder),
            ...outputOptions(builder, request, metadataPath),
            '--file',
            request.dockerfilePath,
            ...(request.target === undefined ? [] : ['--target', request.target]),
            ...keyValues('--build-arg', request.buildArguments),
            ...keyValues('--label', request.labels),
            ...secrets.arguments,
            ...(builder.kind === 'classic' ? [] : (0,build_option/* sshOptions */.b)(request)),
            ...(request.platforms.length === 0 ? [] : ['--platform', request.platforms.join(',')]),
            ...(builder.kind === 'buildx' ? [...(0,build_cache/* cacheOptions */.r)(request), ...attestationOptions(request)] : []),
            request.contextPath,
        ],
        environment: { ...builderSwitch(builder), ...secrets.environment },
    };
}
/** How a person calls the builder. */
function sayBuilder(builder) {
    switch (builder.kind) {
        case 'buildx':
            return `docker buildx (${builder.driver} driver)`;
        case 'buildkit':
            return "docker's BuildKit";
        case 'classic':
            return "docker's classic builder";
    }
}
function commandWords(builder) {
    switch (builder.kind) {
        case 'buildx':
            return ['buildx', 'build', '--builder', builder.name, '--progress', 'plain'];
        case 'buildkit':
            return ['build', '--progress', 'plain'];
        case 'classic':
            return ['build'];
    }
}
function outputOptions(builder, request, metadataPath) {
    if (request.push && pushesWhileBuilding(builder)) {
        const options = [
            'type=image',
            (0,build_option/* csvField */.X)(`name=${request.name}`),
            'push-by-digest=true',
            'name-canonical=true',
            'push=true',
        ];
        if (request.insecure)
            options.push('registry.insecure=true');
        return ['--output', options.join(','), '--metadata-file', metadataPath];
    }
    if (!canLoad(builder, request))
        return ['--output', 'type=cacheonly'];
    const names = request.tags.flatMap((tag) => ['--tag', `${request.name}:${tag}`]);
    return builder.kind === 'buildx' ? ['--load', ...names] : names;
}
/**
 * Without a request buildx attests provenance, which turns every image into an index with an `unknown/unknown` entry that
 * some consumers refuse (https://github.com/docker/buildx/issues/1533). The variable, unlike `--provenance`, is harmless to
 * versions that do not know it.
 */
function builderSwitch(builder) {
    switch (builder.kind) {
        case 'buildx':
            return { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' };
        case 'buildkit':
            return { DOCKER_BUILDKIT: '1' };
        case 'classic':
            return { DOCKER_BUILDKIT: '0' };
    }
}
/**
 * Attestations go with the image to the registry; what stays on this machine has no place for them.
 * Provenance of mode max tells the values of build arguments, as the page says.
 */
function attestationOptions({ push, provenance, sbom }) {
    if (!push)
        return [];
    const statements = provenance === 'off' ? [] : ['--attest', `type=provenance,mode=${provenance}`];
    return sbom ? [...statements, '--attest', 'type=sbom'] : statements;
}
const noSecrets = { arguments: [], environment: {} };
function secretOptions(secrets) {
    const words = [];
    const environment = {};
    for (const [position, { id, source }] of secrets.entries()) {
        if (source.kind === 'file') {
            words.push('--secret', `id=${id},${(0,build_option/* csvField */.X)(`src=${source.path}`)}`);
            continue;
        }
        const variable = `SLIPWAY_BUILD_SECRET_${position}`;
        environment[variable] = source.value;
        words.push('--secret', `id=${id},env=${variable}`);
    }
    return { arguments: words, environment };
}
function keyValues(option, values) {
    return [...values].flatMap(([key, value]) => [option, `${key}=${value}`]);
}

// EXTERNAL MODULE: ./lib/message/user-error.js
var user_error = __webpack_require__(9751);
;// CONCATENATED MODULE: ./lib/image/build-failure.js

const shownLines = 10;
/**
 * The error for a build that ended with a failure, from the last lines it printed: the failing step and what it said.
 *
 * @param lines cleaned output, oldest first
 */
function buildFailure(lines, exitCode) {
    const common = commonDockerFailure(lines);
    if (common !== undefined)
        return common;
    const step = failingStep(lines);
    const last = failureLine(lines);
    const reason = last === undefined ? `docker ended with exit code ${exitCode}` : trimReason(last);
    if (step === undefined)
        return new user_error/* UserError */.y('build-failed', `The build failed: ${reason}`);
    const tail = stepOutput(lines, step)
        .filter((line) => line !== last)
        .slice(-shownLines);
    const said = tail.length === 0 ? '' : `\nThe last lines of the step:\n${tail.map((line) => `  ${line}`).join('\n')}`;
    return new user_error/* UserError */.y('build-failed', `The build failed at ${step.name}: ${reason}${said}`);
}
/** The error for a failure that building and pushing have in common: no daemon, no space. */
function commonDockerFailure(lines) {
    // Docker ends with what stopped it. A step's own words, further up, may name other disks and other daemons.
    const full = lines.slice(-20).findLast((line) => /no space left on device|ENOSPC/i.test(line));
    if (full !== undefined) {
        return new user_error/* UserError */.y('disk-full', `No space left on the runner's disk: ${full.trim()}. Free some (docker system prune --all), or use a larger runner.`);
    }
    const dead = lines
        .slice(-3)
        .find((candidate) => /^(?:ERROR: )?(?:Cannot connect to the Docker daemon|error during connect)/i.test(candidate));
    return dead === undefined ? undefined : dockerUnavailable(dead);
}
/** @param said what docker printed */
function dockerUnavailable(said) {
    return new user_error/* UserError */.y('docker-unavailable', `The docker daemon does not answer: ${said.trim()} Start it, run on a runner that has docker, or push what another builder made with the input image-archive.`);
}
// BuildKit: `#7 [build 2/3] RUN false` and later `#7 ERROR: …`. Classic: `Step 2/3 : RUN false`, the last one printed.
function failingStep(lines) {
    const error = lines.findLast((line) => /^#\d+ ERROR/.test(line));
    if (error !== undefined) {
        const prefix = `${error.split(' ')[0]} `;
        const heading = lines.find((line) => line.startsWith(`${prefix}[`));
        return heading === undefined ? undefined : { name: `step ${heading.slice(prefix.length)}`, prefix };
    }
    const classic = lines.findLast((line) => /^Step \d+\/\d+ : /.test(line));
    if (classic === undefined)
        return undefined;
    return { name: `step ${classic.slice('Step '.length).replace(' : ', ' ')}`, prefix: undefined };
}
// Every builder ends with the reason; only BuildKit's rules, and docker's advertisement or advice, may follow it.
function failureLine(lines) {
    const noise = /^\s*$|^-+$|^View build details|^(?:Usage:|Run|See) +'?docker /;
    const meaningful = lines.filter((line) => !noise.test(line));
    return meaningful.findLast((line) => line.startsWith('ERROR: ')) ?? meaningful.at(-1);
}
function trimReason(line) {
    return line.replace(/^ERROR: /, '').replace(/^(?:failed to solve: |Error response from daemon: )+/, '');
}
function stepOutput(lines, { prefix }) {
    if (prefix !== undefined) {
        return lines
            .filter((line) => line.startsWith(prefix))
            .map((line) => line.slice(prefix.length))
            .filter((line) => !/^(?:\[|ERROR|sha256:|CACHED|DONE)/.test(line))
            .map((line) => line.replace(/^\d+(?:\.\d+)? /, ''));
    }
    const start = lines.findLastIndex((line) => /^Step \d+\/\d+ : /.test(line));
    return lines
        .slice(start + 1)
        .filter((line) => line.trim() !== '' && !/^ ---> |returned a non-zero code|^Removing intermediate/.test(line));
}

// EXTERNAL MODULE: ./lib/image/digest.js
var image_digest = __webpack_require__(2285);
// EXTERNAL MODULE: ./lib/image/manifest.js
var manifest = __webpack_require__(4072);
// EXTERNAL MODULE: ./lib/image/retry.js
var image_retry = __webpack_require__(9759);
;// CONCATENATED MODULE: ./lib/image/push-failure.js



/**
 * The error for a failed push from docker's last lines; a TransientFailure where another attempt may help.
 *
 * @param lines cleaned output, oldest first
 */
function pushFailure(lines, reference, exitCode) {
    const common = commonDockerFailure(lines);
    if (common !== undefined)
        return common;
    const said = lines.findLast((line) => line.trim() !== '')?.trim() ?? `docker ended with exit code ${exitCode}`;
    const what = `The push of ${reference} failed`;
    if (/immutable/i.test(said)) {
        return new user_error/* UserError */.y('tag-immutable', `The registry refused the push of ${reference}: ${said}`);
    }
    if (/name unknown|repository .*does not exist/i.test(said)) {
        return new user_error/* UserError */.y('repository-not-found', `${what}: ${said}. Create the repository, or correct the name.`);
    }
    if (!/denied|no basic auth credentials|unauthorized|403 Forbidden/i.test(said)) {
        return new image_retry/* TransientFailure */.$(new user_error/* UserError */.y('push-failed', `${what}: ${said}`));
    }
    const refused = new user_error/* UserError */.y('access-denied', `${what}: ${said}. Allow the role of this job to push (see the permissions in the action's README).`);
    // ECR's front refuses a good token now and then: https://github.com/docker/build-push-action/issues/719
    return /denied|403/i.test(said) ? refused : new image_retry/* TransientFailure */.$(refused);
}
/** The digest in docker's line `v1: digest: sha256:… size: 528`; undefined when it printed none. */
function pushedDigest(lines) {
    const line = lines.findLast((candidate) => /digest: sha256:[0-9a-f]{64} size: \d+/.test(candidate));
    return line === undefined ? undefined : /sha256:[0-9a-f]{64}/.exec(line)?.[0];
}

// EXTERNAL MODULE: external "node:string_decoder"
var external_node_string_decoder_ = __webpack_require__(6193);
// EXTERNAL MODULE: ../../../node_modules/@actions/exec/lib/exec.js + 3 modules
var exec = __webpack_require__(2350);
// EXTERNAL MODULE: ./lib/message/remote-text.js
var remote_text = __webpack_require__(345);
;// CONCATENATED MODULE: ./lib/docker/docker-process.js




// Enough for the failing step of a build; a build may print gigabytes.
const keptLines = 2000;
const keptStdoutBytes = 1024 * 1024;
/**
 * Runs docker to its end, whatever its exit code.
 *
 * @throws UserError `docker-unavailable` when there is no docker on the PATH
 */
async function runDocker(call) {
    const lines = [];
    const stdout = [];
    let stdoutBytes = 0;
    const take = (line) => {
        const shown = hide(line, call.hidden ?? []);
        lines.push(shown);
        if (lines.length > keptLines)
            lines.shift();
        call.onLine?.(shown);
    };
    const readers = { stdout: createLineReader(take), stderr: createLineReader(take) };
    const exitCode = await startDocker(call, {
        stdout(chunk) {
            readers.stdout.write(chunk);
            if (stdoutBytes < keptStdoutBytes)
                stdout.push(chunk);
            stdoutBytes += chunk.length;
        },
        stderr: readers.stderr.write,
    });
    readers.stdout.end();
    readers.stderr.end();
    return { exitCode, lines, stdout: Buffer.concat(stdout).toString('utf8') };
}
async function startDocker(call, listeners) {
    try {
        return await (0,exec/* exec */.m)('docker', [...call.arguments], {
            env: { ...call.environment },
            ignoreReturnCode: true,
            // @actions/exec would print the command and copy output that has not been cleaned.
            silent: true,
            listeners,
        });
    }
    catch (error) {
        if (!(error instanceof Error) || !error.message.includes('Unable to locate executable file'))
            throw error;
        throw new user_error/* UserError */.y('docker-unavailable', 'There is no docker on this runner. Use a runner that has it, or push what another builder made with the input image-archive.', { cause: error });
    }
}
/** Cuts a stream into lines without breaking characters that span two chunks, and cleans them. */
function createLineReader(onLine) {
    const decoder = new external_node_string_decoder_.StringDecoder('utf8');
    let rest = '';
    const emit = (text) => {
        for (const line of (0,remote_text/* cleanRemoteText */.j)(text).split('\n'))
            onLine(line.trimEnd());
    };
    return {
        write(chunk) {
            rest += decoder.write(chunk);
            const end = rest.lastIndexOf('\n');
            if (end < 0)
                return;
            emit(rest.slice(0, end));
            rest = rest.slice(end + 1);
        },
        end() {
            rest += decoder.end();
            if (rest !== '')
                emit(rest);
            rest = '';
        },
    };
}
function hide(line, hidden) {
    return hidden.reduce((shown, text) => shown.replaceAll(text, '***'), line);
}

;// CONCATENATED MODULE: ./lib/docker/builder-probe.js


// The client had BuildKit's side built in until 23.0 made it buildx's affair: https://docs.docker.com/engine/release-notes/23.0/
const lastMajorWithBuildKit = 22;
/**
 * Finds what builds images here, with two questions to the daemon and one to buildx.
 *
 * @throws UserError `docker-unavailable` when docker is missing or its daemon does not answer
 */
async function probeBuilder(environment) {
    const [version, info, buildx] = await Promise.all([
        runDocker({ arguments: ['version', '--format', '{{json .}}'], environment }),
        runDocker({ arguments: ['info', '--format', '{{json .DriverStatus}}'], environment }),
        runDocker({ arguments: ['buildx', 'inspect'], environment }),
    ]);
    const selected = buildx.exitCode === 0 ? readBuildx(buildx.stdout, info.stdout) : undefined;
    // A builder in Kubernetes or elsewhere works without any daemon on this machine.
    if (selected !== undefined && selected.driver !== 'docker')
        return selected;
    const { Client: client, Server: server } = readVersions(version.stdout);
    if (version.exitCode !== 0 || server == null) {
        const said = version.lines.findLast((line) => line !== '' && !line.startsWith('{'));
        throw dockerUnavailable(said ?? 'no answer.');
    }
    if (selected !== undefined)
        return selected;
    const major = Number.parseInt(client?.Version ?? '', 10);
    const builtIn = major >= 18 && major <= lastMajorWithBuildKit && server.Os !== 'windows';
    return { kind: builtIn ? 'buildkit' : 'classic' };
}
// https://docs.docker.com/engine/storage/containerd/ tells the store by `driver-type: io.containerd.snapshotter.v1`.
function readBuildx(stdout, driverStatus) {
    const field = (name) => new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(stdout)?.[1];
    return {
        kind: 'buildx',
        name: field('Name') ?? 'default',
        driver: field('Driver') ?? 'docker',
        containerd: driverStatus.includes('io.containerd.snapshotter'),
    };
}
function readVersions(stdout) {
    try {
        return JSON.parse(stdout);
    }
    catch {
        return {};
    }
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./lib/image/image-repository.js
var image_repository = __webpack_require__(3505);
;// CONCATENATED MODULE: ./lib/docker/docker-config.js





/** docker's configuration directory of whoever runs the job. */
function userDockerConfig(env) {
    return env['DOCKER_CONFIG'] || (0,external_node_path_.join)(env['HOME'] || (0,external_node_os_.homedir)(), '.docker');
}
/**
 * Writes a private docker configuration (0700) with a login of its own, so that the user's is never touched and jobs side by
 * side on one machine cannot disturb each other. It starts as a copy: the user's logins and credential helpers keep working
 * for base images, and contexts, plugins and buildx's builders are linked. The login is written to config.json (0600), as
 * `docker login` would pass it on to a credential helper that knows nothing of ours
 * (https://github.com/awslabs/amazon-ecr-credential-helper/issues/102).
 *
 * @param directory does not exist yet; the caller has arranged for its removal
 */
async function writeDockerConfig(directory, userDirectory, login) {
    const user = await readUserConfig(userDirectory);
    await (0,promises_.mkdir)(directory, { mode: 0o700 });
    const names = await (0,promises_.readdir)(userDirectory).catch(() => []);
    for (const name of names) {
        if (name !== 'config.json')
            await (0,promises_.symlink)((0,external_node_path_.join)(userDirectory, name), (0,external_node_path_.join)(directory, name));
    }
    const config = JSON.stringify(addLogin(user, login));
    await (0,promises_.writeFile)((0,external_node_path_.join)(directory, 'config.json'), config, { mode: 0o600, flag: 'wx' });
}
/**
 * docker asks the helper of a host before the default store, and takes an empty name for "none": so it finds our login in the
 * file though a store is configured for everything else
 * (https://github.com/docker/cli/blob/master/cli/config/configfile/file.go, getConfiguredCredentialStore).
 */
function addLogin(config, login) {
    const host = (0,image_repository/* registryHost */.U)(login);
    const auth = Buffer.from(`${login.username}:${login.password}`).toString('base64');
    const { [host]: _replaced, ...helpers } = asRecord(config['credHelpers']);
    return {
        ...config,
        auths: { ...asRecord(config['auths']), [host]: { auth } },
        credHelpers: config['credsStore'] ? { ...helpers, [host]: '' } : helpers,
    };
}
async function readUserConfig(directory) {
    const path = (0,external_node_path_.join)(directory, 'config.json');
    const text = await (0,promises_.readFile)(path, 'utf8').catch(() => '{}');
    try {
        return asRecord(JSON.parse(text));
    }
    catch (error) {
        throw new user_error/* UserError */.y('docker-unavailable', `docker's configuration ${path} is not valid JSON; mend or remove it.`, {
            cause: error,
        });
    }
}
function asRecord(value) {
    return typeof value === 'object' && value !== null ? value : {};
}

;// CONCATENATED MODULE: ./lib/docker/docker-builder.js













/** Builds and pushes with the docker command that this machine has. */
async function openDockerBuilder(options) {
    const { log, directory, login, retry } = options;
    const environment = dockerEnvironment(process.env);
    if (login !== undefined) {
        const configDirectory = (0,external_node_path_.join)(directory, 'docker');
        await writeDockerConfig(configDirectory, userDockerConfig(environment), login);
        environment['DOCKER_CONFIG'] = configDirectory;
    }
    const onLine = (line) => log.info(line);
    async function build(request) {
        const builder = await probeBuilder(environment);
        const missing = missingAbility(builder, request);
        if (missing !== undefined)
            throw new user_error/* UserError */.y('docker-unavailable', missing);
        const name = sayBuilder(builder);
        log.info(`Building ${request.name} with ${name}`);
        const metadataPath = (0,external_node_path_.join)(directory, 'build-metadata.json');
        const command = buildCommand(builder, request, metadataPath);
        const answer = await runDocker({
            arguments: command.arguments,
            environment: { ...environment, ...command.environment },
            hidden: await secretLines(request),
            onLine,
        });
        if (answer.exitCode !== 0)
            throw explainFailure(request, answer);
        const { platforms } = request;
        const facts = { builder: name, imageId: undefined, pushedDigest: undefined, platforms };
        if (request.push && pushesWhileBuilding(builder)) {
            const pushed = await readPushedImage(metadataPath);
            return { ...facts, ...pushed, platforms: pushed.platforms.length > 0 ? pushed.platforms : platforms };
        }
        if (!canLoad(builder, request))
            return facts;
        const { imageId, platforms: found } = await inspectImage(request);
        return { ...facts, imageId, platforms: platforms.length > 0 ? platforms : found };
    }
    async function inspectImage({ name, tags, }) {
        const format = '{{.Id}} {{.Os}}/{{.Architecture}}';
        const words = ['image', 'inspect', '--format', format, `${name}:${tags[0]}`];
        const { stdout } = await runDocker({ arguments: words, environment });
        const [id = '', platform] = stdout.trim().split(' ');
        return { imageId: (0,image_digest/* isDigest */.Bc)(id) ? id : undefined, platforms: platform === undefined ? [] : [platform] };
    }
    async function push(reference) {
        const { exitCode, lines } = await runDocker({ arguments: ['push', reference], environment, onLine });
        if (exitCode !== 0)
            throw pushFailure(lines, reference, exitCode);
        const digest = pushedDigest(lines);
        if (digest !== undefined)
            return digest;
        throw new user_error/* UserError */.y('push-failed', `docker pushed ${reference} without telling its digest`);
    }
    return {
        // A builder that pushes by itself takes up again what it has in its cache.
        build: (request) => (0,image_retry/* retryTransient */.j)(retry, () => build(request)),
        push: (reference) => (0,image_retry/* retryTransient */.j)(retry, () => push(reference)),
    };
}
function explainFailure(request, { lines, exitCode }) {
    const pushing = lines.some((line) => /^ERROR: .*failed to push/.test(line));
    return pushing ? pushFailure(lines, request.name, exitCode) : buildFailure(lines, exitCode);
}
// What the runner passes to an action is the action's: inputs may hold secrets, and docker has no use for them.
function dockerEnvironment(env) {
    const kept = Object.entries(env).flatMap(([name, value]) => value === undefined || /^(?:INPUT|STATE)_/.test(name) ? [] : [[name, value]]);
    return Object.fromEntries(kept);
}
/**
 * What no line of the build's output may show: the lines of every secret. Lines of a file that are shorter than four
 * characters, such as a brace of a JSON key, would blot out half the log and protect nothing.
 */
async function secretLines({ secrets }) {
    const lines = async ({ source }) => {
        if (source.kind === 'value')
            return source.value.split(/\r?\n/);
        const text = await (0,promises_.readFile)(source.path, 'utf8');
        return text.split(/\r?\n/).filter((line) => line.trim().length >= 4);
    };
    return (await Promise.all(secrets.map(lines))).flat().filter((line) => line !== '');
}
async function readPushedImage(metadataPath) {
    const metadata = (0,manifest/* parseJsonObject */.dw)(await (0,promises_.readFile)(metadataPath), 'what docker buildx wrote about its image');
    const digest = metadata['containerimage.digest'];
    if (typeof digest !== 'string' || !(0,image_digest/* isDigest */.Bc)(digest)) {
        throw new user_error/* UserError */.y('push-failed', 'docker buildx pushed the image without telling its digest');
    }
    const { platform } = (metadata['containerimage.descriptor'] ?? {});
    const said = (0,manifest/* parsePlatform */.FL)(platform);
    return { pushedDigest: digest, platforms: said === undefined ? [] : [said] };
}


/***/ }),

/***/ 8398:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ cacheOptions),
/* harmony export */   z: () => (/* binding */ cacheTag)
/* harmony export */ });
/* harmony import */ var _build_option_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1475);

/** The tag that a cache in the registry has; it moves with every build. */
const cacheTag = 'buildcache';
/**
 * Where buildx takes layers from and leaves them for the next run. A build that is not pushed, such as a pull request's, only
 * takes: what it leaves would be another branch's starting point. A cache that cannot be written fails no build.
 *
 * ECR stores a cache as an image manifest only: without these two options it answers 400
 * (https://aws.amazon.com/blogs/containers/announcing-remote-cache-support-in-amazon-ecr-for-buildkit-clients/).
 */
function cacheOptions(request) {
    const source = cacheSource(request);
    if (source === undefined)
        return [];
    const target = [source, 'mode=max', 'ignore-error=true'];
    if (request.cache === 'registry')
        target.push('image-manifest=true', 'oci-mediatypes=true');
    return ['--cache-from', source, ...(request.push ? ['--cache-to', target.join(',')] : [])];
}
function cacheSource({ cache, name, insecure }) {
    switch (cache) {
        case 'none':
            return undefined;
        case 'gha':
            return `type=gha,${(0,_build_option_js__WEBPACK_IMPORTED_MODULE_0__/* .csvField */ .X)(`scope=${name.slice(name.indexOf('/') + 1)}`)}`;
        case 'registry': {
            // Without a login the name has no registry, and there is nothing to take.
            if (!name.includes('/'))
                return undefined;
            const reference = `type=registry,${(0,_build_option_js__WEBPACK_IMPORTED_MODULE_0__/* .csvField */ .X)(`ref=${name}:${cacheTag}`)}`;
            return insecure ? `${reference},registry.insecure=true` : reference;
        }
    }
}


/***/ }),

/***/ 1475:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ csvField),
/* harmony export */   b: () => (/* binding */ sshOptions)
/* harmony export */ });
/** A field of an option that docker reads as one line of CSV, as it does `--secret`, `--output` and `--cache-to`. */
function csvField(field) {
    return /[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
/** `--ssh` of docker: keys and agents are named by path, their content stays out of argv. */
function sshOptions({ ssh }) {
    return ssh.flatMap(({ id, path }) => ['--ssh', path === undefined ? id : `${id}=${path}`]);
}


/***/ }),

/***/ 6498:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v: () => (/* binding */ renderPushSummary)
});

// EXTERNAL MODULE: ../../../node_modules/markdown-table/index.js
var markdown_table = __webpack_require__(3393);
// EXTERNAL MODULE: ./lib/message/duration.js
var duration = __webpack_require__(7955);
// EXTERNAL MODULE: ./lib/image/byte-size.js
var byte_size = __webpack_require__(1121);
// EXTERNAL MODULE: ./lib/message/remote-text.js
var remote_text = __webpack_require__(345);
// EXTERNAL MODULE: ./lib/image/scan-finding.js
var scan_finding = __webpack_require__(6196);
;// CONCATENATED MODULE: ./lib/image/scan-summary.js



const shownRows = 50;
/** What the scan found, for the job summary in Markdown: the outcome, the counts, then the findings, the gravest first. */
function renderScan(report) {
    const { least, images, failure } = report;
    const said = failure === undefined ? `Nothing of severity ${least} or above.` : (0,remote_text/* cleanRemoteLine */.K)(failure.message);
    const findings = images.flatMap((image) => image.findings.map((finding) => ({ ...finding, platform: image.platform })));
    const counts = scan_finding/* severities */.gO.flatMap((severity) => {
        const count = findings.filter((finding) => finding.severity === severity).length;
        return count === 0 ? [] : `${count} ${severity}`;
    });
    const total = counts.length === 0 ? '' : `\n\nFound: ${counts.join(', ')}.`;
    return `\n### Scan\n\n${escapeText(said)}${total}\n${renderFindings(findings, report)}`;
}
function renderFindings(findings, { least }) {
    const blocking = findings.filter(({ severity }) => (0,scan_finding/* isAtLeast */.du)(severity, least));
    if (blocking.length === 0)
        return '';
    const rows = blocking
        .slice(0, shownRows)
        .map(({ name, severity, packageName, fixedIn, platform }) => [severity, name, packageName ?? '', fixedIn ?? '', platform ?? ''].map(escapeText));
    const table = (0,markdown_table/* markdownTable */.Q)([['severity', 'finding', 'package', 'fixed in', 'platform'], ...rows]);
    const more = blocking.length - rows.length;
    return `\n${table}\n${more > 0 ? `\nAnd ${more} more.\n` : ''}`;
}
// Names come from packages and databases of others.
function escapeText(text) {
    return (0,remote_text/* cleanRemoteLine */.K)(text).replace(/[\\|`<*_[\]]/g, '\\$&');
}

;// CONCATENATED MODULE: ./lib/image/push-report.js




/** The job summary in Markdown: what was pushed, by digest, then the facts. */
function renderPushSummary(report) {
    const rows = [
        ['Repository', code(report.repository)],
        ['Tags', report.tags.map(code).join(' ')],
        ['Digest', report.digest === undefined ? '—' : code(report.digest)],
        ['Platform', report.platforms.map(escapeCell).join(', ') || '—'],
        ['Size', report.sizeBytes === undefined ? '—' : (0,byte_size/* sayBytes */.z)(report.sizeBytes)],
        ['From', escapeCell(report.origin)],
        ['Duration', (0,duration/* sayDuration */.kP)(report.durationSeconds)],
    ];
    const table = (0,markdown_table/* markdownTable */.Q)([['', ''], ...rows]);
    return `## ${heading(report)}\n\n${code(report.image ?? report.imageTagged)}\n\n${table}\n${report.scan === undefined ? '' : renderScan(report.scan)}`;
}
function heading(report) {
    if (report.image === undefined)
        return 'Built, not pushed';
    return report.reused ? 'Image reused' : 'Image pushed';
}
function code(text) {
    return `\`${text}\``;
}
// Paths and what archives say of themselves may hold anything.
function escapeCell(text) {
    return text.replace(/[\\|`<*_[\]]/g, '\\$&').replace(/\s+/g, ' ');
}


/***/ }),

/***/ 6196:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   du: () => (/* binding */ isAtLeast),
/* harmony export */   gO: () => (/* binding */ severities),
/* harmony export */   lv: () => (/* binding */ parseSeverity)
/* harmony export */ });
/** How grave a finding is, from the gravest; ECR's own words in lower case. */
const severities = ['critical', 'high', 'medium', 'low', 'informational', 'undefined'];
/** The scanner's word for a severity; what it has no word for (or a new one) is `undefined`, the least of all. */
function parseSeverity(text) {
    return severities.find((severity) => severity === text?.toLowerCase()) ?? 'undefined';
}
/** True for the severity given and all graver ones. */
function isAtLeast(severity, least) {
    return severities.indexOf(severity) <= severities.indexOf(least);
}


/***/ }),

/***/ 6765:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ nearestName)
/* harmony export */ });
/* harmony import */ var fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(130);

/** The legal name that a person most likely meant, or undefined when none is close enough to suggest. */
function nearestName(wrong, legal) {
    if (legal.length === 0)
        return undefined;
    const best = (0,fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__/* .closest */ .kp)(wrong.toLowerCase(), legal.map((name) => name.toLowerCase()));
    const name = legal.find((candidate) => candidate.toLowerCase() === best);
    const allowed = Math.max(1, Math.floor(wrong.length / 3));
    return name !== undefined && (0,fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__/* .distance */ .Io)(wrong.toLowerCase(), best) <= allowed ? name : undefined;
}


/***/ }),

/***/ 82:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  o: () => (/* binding */ openImageArchive)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./lib/message/user-error.js
var user_error = __webpack_require__(9751);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./lib/registry/archive-files.js





// Manifests, indexes and configurations; the same limit registries set for manifests.
const jsonLimitBytes = 4 * 1024 * 1024;
/** @throws UserError `archive-invalid` when the archive has no such file */
async function requireFile(files, name) {
    const file = await files.find(name);
    if (file !== undefined)
        return file;
    throw new user_error/* UserError */.y('archive-invalid', `${files.what} is incomplete: it lacks ${name}`);
}
/** Reads a small file of an archive whole. */
async function readJsonFile(files, name) {
    const file = await requireFile(files, name);
    if (file.sizeBytes <= jsonLimitBytes)
        return (0,promises_.readFile)(file.path);
    throw new user_error/* UserError */.y('archive-invalid', `${files.what} is not an image: ${name} is larger than 4 MiB`);
}
/** The files of a directory, hashed when they are asked for. Names must come from digests or from this program. */
function directoryFiles(directory, what) {
    return {
        what,
        async find(name) {
            const path = (0,external_node_path_.join)(directory, name);
            const found = await (0,promises_.stat)(path).catch(() => undefined);
            if (!found?.isFile())
                return undefined;
            return { path, sizeBytes: found.size, digest: await hashFile(path) };
        },
    };
}
async function hashFile(path) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    for await (const chunk of (0,external_node_fs_.createReadStream)(path))
        hash.update(chunk);
    return `sha256:${hash.digest('hex')}`;
}

// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./lib/image/digest.js
var digest = __webpack_require__(2285);
// EXTERNAL MODULE: ./lib/image/manifest.js
var manifest = __webpack_require__(4072);
;// CONCATENATED MODULE: ./lib/image/docker-archive.js


/**
 * Reads `manifest.json` of a `docker save` archive.
 *
 * @throws UserError `archive-invalid` unless it lists exactly one image
 * @see https://github.com/moby/docker-image-spec/blob/main/v1.2.md#combined-image-json--filesystem-changeset-format
 */
function parseDockerArchive(bytes, what) {
    const images = (0,manifest/* parseJson */.qF)(bytes, what);
    if (!Array.isArray(images) || images.length === 0) {
        throw new user_error/* UserError */.y('archive-invalid', `${what} lists no image`);
    }
    if (images.length > 1) {
        throw new user_error/* UserError */.y('archive-invalid', `${what} lists ${images.length} images; save the one to push: docker save NAME:TAG`);
    }
    const { Config: configName, Layers: layerNames } = (images[0] ?? {});
    if (typeof configName !== 'string' || !isNameList(layerNames)) {
        throw new user_error/* UserError */.y('archive-invalid', `${what} does not name a configuration and layers`);
    }
    return { configName, layerNames };
}
function isNameList(value) {
    return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

;// CONCATENATED MODULE: ./lib/image/oci-layout.js


/**
 * The one image of an OCI layout's `index.json`: a manifest, or an index of platforms. The same digest under several names
 * counts once.
 *
 * @throws UserError `archive-invalid` when there is none, or more than one
 * @see https://github.com/opencontainers/image-spec/blob/main/image-layout.md#indexjson-file
 */
function findLayoutImage(indexJson, what) {
    const content = (0,manifest/* parseManifest */.Ng)(indexJson, what);
    const manifests = content.kind === 'index' ? content.manifests : [];
    const [first] = manifests;
    if (first === undefined)
        throw new user_error/* UserError */.y('archive-invalid', `${what} lists no image`);
    const others = new Set(manifests.map(({ digest }) => digest));
    if (others.size === 1)
        return first;
    throw new user_error/* UserError */.y('archive-invalid', `${what} lists ${others.size} images; write the one to push, or one index of its platforms, to the archive`);
}
/** Where an OCI layout keeps content: `blobs/sha256/<hex>`. */
function layoutBlobName(digest) {
    return `blobs/${digest.replace(':', '/')}`;
}

;// CONCATENATED MODULE: ./lib/registry/oci-layout-content.js





/**
 * The image of an OCI layout, with every blob found and its digest checked before anything is uploaded.
 *
 * @throws UserError `archive-invalid` that names what is missing or damaged
 */
async function readOciLayout(files) {
    const image = findLayoutImage(await readJsonFile(files, 'index.json'), `index.json of ${files.what}`);
    const collected = { children: new Map(), blobs: new Map(), platforms: new Set() };
    const root = await collect(files, image, collected);
    return {
        root,
        children: [...collected.children.values()],
        blobs: [...collected.blobs.values()],
        platforms: [...collected.platforms],
    };
}
async function collect(files, item, into) {
    const what = `manifest ${item.digest} of ${files.what}`;
    await requireBlob(files, item);
    const bytes = await readJsonFile(files, layoutBlobName(item.digest));
    const content = (0,manifest/* parseManifest */.Ng)(bytes, what);
    if (content.kind === 'index') {
        for (const child of content.manifests) {
            if (into.children.has(child.digest))
                continue;
            into.children.set(child.digest, await collect(files, child, into));
        }
    }
    else {
        const blobs = [content.config, ...content.layers.filter((layer) => !(0,manifest/* isForeignLayer */.sJ)(layer))];
        for (const blob of blobs)
            into.blobs.set(blob.digest, fileBlob(await requireBlob(files, blob)));
        const platform = item.platform ?? (await configPlatform(files, content.config));
        if (platform !== undefined)
            into.platforms.add(platform);
    }
    return { digest: item.digest, bytes, mediaType: item.mediaType || (0,manifest/* manifestMediaType */.gp)(bytes, what) };
}
/** A blob that is read from a file. */
function fileBlob({ path, digest, sizeBytes }) {
    return { digest, sizeBytes, open: (start = 0) => (0,external_node_fs_.createReadStream)(path, { start }) };
}
async function requireBlob(files, { digest, sizeBytes }) {
    const file = await requireFile(files, layoutBlobName(digest));
    if (file.digest === digest && file.sizeBytes === sizeBytes)
        return file;
    throw new user_error/* UserError */.y('archive-invalid', `${files.what} is damaged: blob ${digest} of ${sizeBytes} bytes has ${file.sizeBytes} bytes with digest ${file.digest}`);
}
// An attestation's configuration says `unknown/unknown` and an artifact's is `{}`: neither is a platform.
async function configPlatform(files, config) {
    const name = layoutBlobName(config.digest);
    return (0,manifest/* parsePlatform */.FL)((0,manifest/* parseJsonObject */.dw)(await readJsonFile(files, name), `${name} of ${files.what}`));
}

;// CONCATENATED MODULE: ./lib/registry/docker-archive-content.js












const configType = 'application/vnd.docker.container.image.v1+json';
const layerType = 'application/vnd.docker.image.rootfs.diff.tar.gzip';
/**
 * The image of a `docker save` archive. The format keeps layers uncompressed and no manifest, so its digest comes to be
 * here: layers are gzipped at zlib's level 6 without name or time, which gives the same bytes wherever the same Node runs on
 * the same kind of processor. Layers that are gzipped already (jib, kaniko, crane) stay as they are.
 *
 * @param directory where gzipped layers are put
 * @throws UserError `archive-invalid` when a layer is missing or is not the one its configuration names
 */
async function readDockerArchive(files, directory) {
    const { configName, layerNames } = parseDockerArchive(await readJsonFile(files, 'manifest.json'), `manifest.json of ${files.what}`);
    const configBytes = await readJsonFile(files, configName);
    const config = fileBlob(await requireFile(files, configName));
    const settings = (0,manifest/* parseJsonObject */.dw)(configBytes, `${configName} of ${files.what}`);
    const diffIds = readDiffIds(settings, layerNames.length, files.what);
    const layers = [];
    for (const [position, name] of layerNames.entries()) {
        const gzipped = (0,external_node_path_.join)(directory, `layer-${position}.gz`);
        const layer = await readLayer(files, name, diffIds[position] ?? '', gzipped);
        layers.push(fileBlob(layer));
    }
    const bytes = Buffer.from(JSON.stringify(manifestOf(config, layers)));
    const platform = (0,manifest/* parsePlatform */.FL)(settings);
    return {
        root: { bytes, digest: (0,digest/* digestOf */.ol)(bytes), mediaType: manifest/* dockerManifest */.kh },
        children: [],
        blobs: [...new Map([config, ...layers].map((blob) => [blob.digest, blob])).values()],
        platforms: platform === undefined ? [] : [platform],
    };
}
function manifestOf(config, layers) {
    const describe = (mediaType, { digest, sizeBytes }) => ({
        mediaType,
        size: sizeBytes,
        digest,
    });
    return {
        schemaVersion: 2,
        mediaType: manifest/* dockerManifest */.kh,
        config: describe(configType, config),
        layers: layers.map((layer) => describe(layerType, layer)),
    };
}
async function readLayer(files, name, diffId, gzippedPath) {
    const file = await requireFile(files, name);
    const compressed = await isGzipped(file.path);
    const content = compressed ? await hashGunzipped(file.path, files.what, name) : file.digest;
    if (content !== diffId) {
        throw new user_error/* UserError */.y('archive-invalid', `${files.what} is damaged: its layer ${name} has the content ${content}, and the image's configuration names ${diffId}`);
    }
    return compressed ? file : gzipLayer(file.path, gzippedPath);
}
async function gzipLayer(path, gzippedPath) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(path), (0,external_node_zlib_.createGzip)({ level: 6 }), async function* (chunks) {
        for await (const chunk of chunks) {
            hash.update(chunk);
            yield chunk;
        }
    }, (0,external_node_fs_.createWriteStream)(gzippedPath, { mode: 0o600 }));
    const { size } = await (0,promises_.stat)(gzippedPath);
    return { path: gzippedPath, sizeBytes: size, digest: `sha256:${hash.digest('hex')}` };
}
async function hashGunzipped(path, what, name) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    try {
        await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(path), (0,external_node_zlib_.createGunzip)(), hash);
    }
    catch (error) {
        throw new user_error/* UserError */.y('archive-invalid', `${what} is damaged: its layer ${name} cannot be decompressed`, {
            cause: error,
        });
    }
    return `sha256:${hash.digest('hex')}`;
}
async function isGzipped(path) {
    const file = await (0,promises_.open)(path);
    try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
        return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
    }
    finally {
        await file.close();
    }
}
function readDiffIds(settings, layers, what) {
    const { diff_ids: diffIds } = (settings['rootfs'] ?? {});
    if (Array.isArray(diffIds) && diffIds.length === layers)
        return diffIds.map(String);
    throw new user_error/* UserError */.y('archive-invalid', `${what} is damaged: its configuration and its list of layers differ`);
}

// EXTERNAL MODULE: ./lib/registry/system-failure.js
var system_failure = __webpack_require__(7325);
// EXTERNAL MODULE: ../../../node_modules/tar/dist/esm/parse.js + 10 modules
var parse = __webpack_require__(8417);
// EXTERNAL MODULE: ./lib/message/remote-text.js
var remote_text = __webpack_require__(345);
;// CONCATENATED MODULE: ./lib/registry/tar-files.js








const fatalWarnings = new Set(['TAR_BAD_ARCHIVE', 'TAR_ABORT', 'TAR_ENTRY_INVALID', 'TAR_ENTRY_ERROR']);
/**
 * Unpacks the regular files of a tar, plain or gzipped, into `directory` and hashes them on the way. Files get numbers for
 * names there, so no name in the archive can reach any other place, and memory stays flat whatever their size.
 *
 * @throws UserError `archive-invalid` for what is no tar, is cut short, or names paths outside itself
 */
async function unpackTar(path, directory, what) {
    const unpacked = { files: new Map(), links: new Map() };
    await readEntries(path, what, (entry) => unpackEntry(entry, directory, what, unpacked));
    const resolveName = (name, hops) => {
        const target = unpacked.links.get(name);
        return target === undefined || hops === 0 ? unpacked.files.get(name) : resolveName(target, hops - 1);
    };
    return { what, find: async (name) => resolveName(name, 8) };
}
function readEntries(path, what, take) {
    return new Promise((resolve, reject) => {
        let taken = Promise.resolve();
        const source = (0,external_node_fs_.createReadStream)(path);
        const fail = (error) => {
            source.destroy();
            reject(error instanceof user_error/* UserError */.y ? error : readFailure(error, what));
        };
        const parser = new parse/* Parser */.i({
            onReadEntry: (entry) => {
                taken = taken.then(() => take(entry));
                taken.catch(fail);
            },
            onwarn: (code, message) => {
                if (fatalWarnings.has(code))
                    fail(new Error(String(message)));
            },
        });
        parser.on('error', fail);
        parser.on('end', () => void taken.then(resolve, fail));
        source.on('error', fail);
        source.pipe(parser);
    });
}
async function unpackEntry(entry, directory, what, unpacked) {
    const name = requireInside(entry.path, what);
    if (entry.type === 'SymbolicLink' || entry.type === 'Link') {
        const base = entry.type === 'SymbolicLink' ? external_node_path_.posix.dirname(name) : '.';
        unpacked.links.set(name, requireInside(external_node_path_.posix.join(base, entry.linkpath ?? ''), what));
    }
    if (entry.type !== 'File' && entry.type !== 'OldFile' && entry.type !== 'ContiguousFile') {
        entry.resume();
        return;
    }
    const path = (0,external_node_path_.join)(directory, String(unpacked.files.size));
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let sizeBytes = 0;
    const file = await (0,promises_.open)(path, 'wx', 0o600);
    try {
        for await (const chunk of entry) {
            hash.update(chunk);
            sizeBytes += chunk.length;
            await file.writeFile(chunk);
        }
    }
    finally {
        await file.close();
    }
    unpacked.files.set(name, { path, sizeBytes, digest: `sha256:${hash.digest('hex')}` });
}
function requireInside(path, what) {
    const name = external_node_path_.posix.normalize(path);
    if (!external_node_path_.posix.isAbsolute(name) && name !== '..' && !name.startsWith('../'))
        return name;
    throw new user_error/* UserError */.y('archive-invalid', `${what} is refused: its entry "${(0,remote_text/* cleanRemoteLine */.K)(path, 100)}" points outside the archive`);
}
// A system call's own error goes up as it is: a full disk is told there from a file that cannot be read.
function readFailure(error, what) {
    if (typeof error === 'object' && error !== null && 'syscall' in error)
        return error;
    return new user_error/* UserError */.y('archive-invalid', `${what} is not a whole tar archive: ${(0,remote_text/* cleanRemoteLine */.K)((0,system_failure/* failureMessage */.o)(error))}`, { cause: error });
}

;// CONCATENATED MODULE: ./lib/registry/image-archive.js







/**
 * Opens an image that another builder made: an OCI layout (directory, or tar, gzipped or not) or a `docker save` archive.
 * A tar that is both, as docker 25 and later write, counts as OCI, whose digest is preserved.
 *
 * @param what the path as the user wrote it
 * @param scratchDirectory an empty private directory; the caller removes it after the upload
 * @throws UserError `archive-invalid` (or `disk-full`) that says in one line why it cannot be pushed
 */
async function openImageArchive(path, what, scratchDirectory) {
    try {
        const found = await (0,promises_.stat)(path);
        if (found.isDirectory())
            return await readDirectory(path, what);
        if (!found.isFile())
            throw new user_error/* UserError */.y('archive-invalid', `${what} is neither a file nor a directory`);
        return await readTar(await unpackTar(path, scratchDirectory, what), scratchDirectory);
    }
    catch (error) {
        throw explainFileError(error, what);
    }
}
function readDirectory(path, what) {
    return readOciLayout(directoryFiles(path, what));
}
async function readTar(files, scratchDirectory) {
    if ((await files.find('index.json')) !== undefined)
        return readOciLayout(files);
    if ((await files.find('manifest.json')) !== undefined)
        return readDockerArchive(files, scratchDirectory);
    throw new user_error/* UserError */.y('archive-invalid', `${files.what} is no image archive: it has neither index.json (OCI layout) nor manifest.json (docker save)`);
}
function explainFileError(error, what) {
    switch ((0,system_failure/* failureCode */.A)(error)) {
        case 'ENOENT':
            return new user_error/* UserError */.y('archive-invalid', `The image archive ${what} does not exist`, { cause: error });
        case 'EACCES':
        case 'EISDIR':
            return new user_error/* UserError */.y('archive-invalid', `The image archive ${what} cannot be read: ${(0,system_failure/* failureMessage */.o)(error)}`, {
                cause: error,
            });
        case 'ENOSPC':
            return new user_error/* UserError */.y('disk-full', `No space left on the runner's disk to unpack ${what}. Free some, or use a larger runner.`, { cause: error });
        default:
            return error;
    }
}


/***/ }),

/***/ 5101:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ openRegistryRepository)
/* harmony export */ });
/* harmony import */ var _image_byte_size_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1121);
/* harmony import */ var _image_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2285);
/* harmony import */ var _image_for_each_parallel_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2364);
/* harmony import */ var _image_image_content_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(9436);
/* harmony import */ var _image_retry_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9759);
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9751);
/* harmony import */ var _blob_upload_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1917);
/* harmony import */ var _manifest_requests_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4221);
/* harmony import */ var _registry_transport_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7622);









/**
 * One repository of a registry over HTTP: a small client of the OCI distribution protocol on Node's own fetch. Blobs are
 * streamed both ways and hashed on their way, so that memory stays flat. Every operation is retried by itself: throttling,
 * server errors, refused tokens and lost connections; a broken upload goes on where the registry says it stands, or starts
 * again with its blob, and blobs that the repository has are never sent.
 *
 * Why no library: `@sigstore/oci` holds whole blobs in memory and knows artifacts only (and brings make-fetch-happen, more
 * than this file's size a hundredfold); nothing else that is maintained speaks the push side without docker.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
function openRegistryRepository(login, repository, options) {
    const transport = (0,_registry_transport_js__WEBPACK_IMPORTED_MODULE_5__/* .createRegistryTransport */ .F)(login);
    const retry = (operation) => (0,_image_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .retryTransient */ .j)(options, operation);
    const target = { transport, origin: login.origin, repository, retry: options, damaged };
    async function uploadBlob(blob) {
        if (await (0,_blob_upload_js__WEBPACK_IMPORTED_MODULE_3__/* .hasBlob */ .is)(target, blob.digest))
            return false;
        await (0,_blob_upload_js__WEBPACK_IMPORTED_MODULE_3__/* .sendBlob */ .i4)(target, blob);
        options.log.info(`Uploaded ${(0,_image_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .shortDigest */ .VK)(blob.digest)} (${(0,_image_byte_size_js__WEBPACK_IMPORTED_MODULE_6__/* .sayBytes */ .z)(blob.sizeBytes)})`);
        return true;
    }
    return {
        findManifest: (reference) => retry(() => (0,_manifest_requests_js__WEBPACK_IMPORTED_MODULE_4__/* .getManifest */ .c2)(transport, repository, reference)),
        putManifest: (reference, manifest) => retry(() => (0,_manifest_requests_js__WEBPACK_IMPORTED_MODULE_4__/* .putManifest */ .RV)(transport, repository, reference, manifest)),
        async uploadContent(content) {
            const sent = [];
            await (0,_image_for_each_parallel_js__WEBPACK_IMPORTED_MODULE_7__/* .forEachParallel */ .I)(content.blobs, async (blob, signal) => {
                if (await uploadBlob((0,_image_image_content_js__WEBPACK_IMPORTED_MODULE_8__/* .untilAborted */ .E)(blob, signal)))
                    sent.push(blob);
            });
            for (const child of content.children) {
                await retry(() => (0,_manifest_requests_js__WEBPACK_IMPORTED_MODULE_4__/* .putManifest */ .RV)(transport, repository, child.digest, child));
            }
            return {
                uploadedBlobs: sent.length,
                uploadedBytes: sent.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
                presentBlobs: content.blobs.length - sent.length,
            };
        },
    };
}
function damaged(digest) {
    return new _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y('archive-invalid', `The content of blob ${digest} changed while it was uploaded`);
}


/***/ }),

/***/ 9799:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ readGithubRun)
/* harmony export */ });
/** @see https://docs.github.com/actions/reference/variables-reference#default-environment-variables */
function readGithubRun(env = process.env) {
    const value = (name) => env[name] || undefined;
    const server = value('GITHUB_SERVER_URL');
    const repository = value('GITHUB_REPOSITORY');
    const runId = value('GITHUB_RUN_ID');
    return {
        sha: value('GITHUB_SHA'),
        ref: value('GITHUB_REF'),
        repository,
        actor: value('GITHUB_ACTOR'),
        runUrl: server && repository && runId ? `${server}/${repository}/actions/runs/${runId}` : undefined,
    };
}


/***/ }),

/***/ 5351:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gl: () => (/* binding */ workspace),
/* harmony export */   LN: () => (/* binding */ makeTemporaryDirectory),
/* harmony export */   q: () => (/* binding */ removeDirectory)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);



/** Where the repository is checked out: GITHUB_WORKSPACE, or the current directory outside a runner. */
function workspace() {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(process.env['GITHUB_WORKSPACE'] || '.');
}
/** A new private directory (0700) under RUNNER_TEMP, which the runner empties after every job. */
async function makeTemporaryDirectory(prefix) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(process.env['RUNNER_TEMP'] || (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), `slipway-${prefix}-`));
}
/** Removes a directory with all it holds; a missing one is no error. */
async function removeDirectory(path) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(path, { recursive: true, force: true });
}


/***/ })

};
