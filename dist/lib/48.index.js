export const id = 48;
export const ids = [48];
export const modules = {

/***/ 960:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ readTaskDefinitionShape)
/* harmony export */ });
/* unused harmony export readReadOnlyNames */
/* harmony import */ var _aws_sdk_client_ecs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1050);

// The SDK's runtime schemas are static arrays: [kind, namespace, name, traits, …]. A structure (3, or 4 for a union) goes on
// with member names, member schemas and how many of the first are required; a list (1) with its items' schema, a map (2)
// with its keys' and its values'. A schema may also be a number (0 text, 1 number, 2 flag, 64 + n list of n, 128 + n map
// of n), a function that returns the schema, or [schema, traits].
// https://github.com/smithy-lang/smithy-typescript/tree/main/packages/core/src/submodules/schema
const listOf = 64;
const mapOf = 128;
/** What RegisterTaskDefinition takes, from the model of the SDK that sends it. */
function readTaskDefinitionShape() {
    return structureShape(_aws_sdk_client_ecs__WEBPACK_IMPORTED_MODULE_0__/* .RegisterTaskDefinitionRequest$ */ .fSK);
}
/** What DescribeTaskDefinition shows of a task definition beyond what RegisterTaskDefinition takes. */
function readReadOnlyNames() {
    const settable = readTaskDefinitionShape().members;
    return TaskDefinition$[4].filter((name) => !settable.has(name));
}
function structureShape(schema) {
    const names = schema[4];
    const members = schema[5];
    return {
        kind: 'structure',
        members: new Map(names.map((name, index) => [name, toShape(members[index])])),
        required: names.slice(0, schema[6] ?? 0),
    };
}
function toShape(reference) {
    const schema = resolve(reference);
    if (typeof schema === 'number')
        return simpleShape(schema);
    const [kind] = schema;
    if (kind === 0)
        return toShape(schema[4]);
    if (kind === 1)
        return { kind: 'list', of: toShape(schema[4]) };
    if (kind === 2)
        return { kind: 'map', of: toShape(schema[5]) };
    if (kind === 3 || kind === 4)
        return structureShape(schema);
    throw new Error(`The ECS SDK's model holds a schema of kind ${String(kind)}, which task definitions never had.`);
}
function simpleShape(code) {
    if (code >= mapOf)
        return { kind: 'map', of: simpleShape(code - mapOf) };
    if (code >= listOf)
        return { kind: 'list', of: simpleShape(code - listOf) };
    if (code === 0)
        return { kind: 'text' };
    if (code === 1)
        return { kind: 'number' };
    if (code === 2)
        return { kind: 'flag' };
    throw new Error(`The ECS SDK's model holds the type ${code}, which task definitions never had.`);
}
/** Follows functions and [schema, traits] pairs to a number or a static array. */
function resolve(reference) {
    if (typeof reference === 'function')
        return resolve(reference());
    if (typeof reference === 'number')
        return reference;
    if (Array.isArray(reference))
        return typeof reference[0] === 'number' && reference.length > 2 ? reference : resolve(reference[0]);
    throw new Error("The ECS SDK's model has changed its form.");
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

/***/ 687:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  M: () => (/* binding */ checkRules),
  T: () => (/* binding */ checkTaskDefinition)
});

// EXTERNAL MODULE: ./lib/taskdef/json-value.js
var json_value = __webpack_require__(7240);
// EXTERNAL MODULE: ./lib/taskdef/problem.js
var problem = __webpack_require__(1251);
// EXTERNAL MODULE: ./lib/taskdef/task-definition.js
var task_definition = __webpack_require__(7425);
;// CONCATENATED MODULE: ./lib/taskdef/container-check.js



// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
const maximumContainers = 10;
const namePattern = /^[A-Za-z0-9_-]{1,255}$/;
/** What ECS asks of the containers one by one, and of their number and names together. */
function checkContainers(definition) {
    const containers = (0,task_definition/* containersOf */.Mz)(definition);
    const count = (0,json_value/* listAt */.gT)(definition, 'containerDefinitions').length;
    const problems = containers.flatMap((container) => [
        ...checkName(container, containers),
        ...checkImage(container),
        ...checkSecretNames(container),
    ]);
    if (Array.isArray(definition['containerDefinitions']) && count === 0)
        problems.push((0,problem/* rule */.H)(['containerDefinitions'], 'there is no container; a task needs at least one'));
    if (count > maximumContainers)
        problems.push((0,problem/* rule */.H)(['containerDefinitions'], `there are ${count} containers; ECS takes up to ${maximumContainers}`));
    // `essential` is true unless said otherwise.
    if (containers.length > 0 && containers.every(({ settings }) => settings['essential'] === false))
        problems.push((0,problem/* rule */.H)(['containerDefinitions'], 'no container is essential; a task needs at least one'));
    return problems;
}
function checkName({ index, name }, containers) {
    const path = ['containerDefinitions', index, 'name'];
    if (name === undefined)
        return [(0,problem/* rule */.H)(['containerDefinitions', index], 'the container has no "name"')];
    if (!namePattern.test(name))
        return [
            (0,problem/* rule */.H)(path, 'a container name is 1 to 255 letters, digits, hyphens and underscores, without blanks'),
        ];
    const first = containers.find((other) => other.name === name);
    if (first === undefined || first.index === index)
        return [];
    return [(0,problem/* rule */.H)(path, `containerDefinitions[${first.index}] is already called "${name}"; names must differ`)];
}
function checkImage({ index, name, settings }) {
    if (settings['image'] !== undefined && settings['image'] !== '')
        return [];
    const who = name === undefined ? 'the container' : `container "${name}"`;
    return [(0,problem/* rule */.H)(['containerDefinitions', index], `${who} has no image; set it here or by the input "images"`)];
}
// ECS: "The secret name must be unique and not shared with any new or existing environment variables set on the container".
function checkSecretNames({ index, settings }) {
    const variables = new Set((0,json_value/* objectsAt */.yR)(settings, 'environment').map(({ item }) => (0,json_value/* textAt */.$6)(item, 'name')));
    const seen = new Set();
    return (0,json_value/* objectsAt */.yR)(settings, 'secrets').flatMap(({ index: at, item }) => {
        const name = (0,json_value/* textAt */.$6)(item, 'name');
        if (name === undefined)
            return [];
        const isRepeated = seen.has(name);
        seen.add(name);
        if (!isRepeated && !variables.has(name))
            return [];
        const other = isRepeated ? 'another secret' : 'an environment variable';
        const path = ['containerDefinitions', index, 'secrets', at, 'name'];
        return [(0,problem/* rule */.H)(path, `"${name}" is also the name of ${other} of this container; ECS takes each name once`)];
    });
}
/** What ECS asks of memory at container level; it depends on the launch type in part, so it is advice. */
function checkContainerMemory(definition) {
    const hasTaskMemory = definition['memory'] !== undefined;
    return (0,task_definition/* containersOf */.Mz)(definition).flatMap(({ index, settings }) => {
        const path = ['containerDefinitions', index];
        const hard = (0,json_value/* numberAt */.tk)(settings, 'memory');
        const soft = (0,json_value/* numberAt */.tk)(settings, 'memoryReservation');
        if (hard !== undefined && soft !== undefined && hard < soft)
            return [(0,problem/* rule */.H)([...path, 'memory'], '"memory" must not be smaller than "memoryReservation"')];
        if (hasTaskMemory || hard !== undefined || soft !== undefined)
            return [];
        const message = 'without a task "memory", ECS asks every container for "memory" or "memoryReservation"';
        return [{ kind: 'advice', path, message }];
    });
}
/** Whether something needs the execution role that is not there. ECS refuses some of it only on Fargate, so it is advice. */
function checkExecutionRole(definition) {
    if (definition['executionRoleArn'] !== undefined)
        return [];
    return (0,task_definition/* containersOf */.Mz)(definition).flatMap(({ index, settings }) => {
        const log = (0,json_value/* objectAt */.lJ)(settings, 'logConfiguration');
        const needs = [
            ...((0,json_value/* listAt */.gT)(settings, 'secrets').length > 0 ? ['secrets'] : []),
            ...(log !== undefined && (0,json_value/* listAt */.gT)(log, 'secretOptions').length > 0 ? ['log secretOptions'] : []),
            ...(settings['repositoryCredentials'] !== undefined ? ['repositoryCredentials'] : []),
        ];
        if (needs.length === 0)
            return [];
        const message = `${needs.join(' and ')} need an "executionRoleArn" that may read them`;
        return [{ kind: 'advice', path: ['containerDefinitions', index], message }];
    });
}

;// CONCATENATED MODULE: ./lib/taskdef/dependency-check.js



/** What ECS asks of `dependsOn`: no circle, and conditions that the other container can fulfil. */
function checkDependencies(definition) {
    const containers = (0,task_definition/* containersOf */.Mz)(definition);
    return [...checkCircles(containers), ...checkConditions(containers)];
}
function dependenciesOf({ settings, }) {
    return (0,json_value/* objectsAt */.yR)(settings, 'dependsOn').flatMap(({ index: at, item }) => {
        const name = (0,json_value/* textAt */.$6)(item, 'containerName');
        return name === undefined ? [] : [{ at, name, condition: (0,json_value/* textAt */.$6)(item, 'condition') }];
    });
}
// Takes away the containers that wait for nobody, then those that waited for them only, and so on. What cannot be taken away
// is in a circle or waits for one. Each circle is reported once, at the container that closes it.
function checkCircles(containers) {
    const indexes = new Map(containers.map(({ name, index }) => [name ?? '', index]));
    const waits = new Map();
    const waiters = new Map();
    for (const container of containers) {
        const names = dependenciesOf(container).flatMap(({ name }) => (indexes.has(name) ? [name] : []));
        waits.set(container.name ?? '', new Set(names));
        for (const name of new Set(names))
            waiters.set(name, [...(waiters.get(name) ?? []), container.name ?? '']);
    }
    takeAway([...waits].flatMap(([name, names]) => (names.size === 0 ? [name] : [])), waits, waiters);
    const problems = [];
    for (let circle = findCircle(waits); circle !== undefined; circle = findCircle(waits)) {
        const path = ['containerDefinitions', indexes.get(circle.at(-1) ?? '') ?? 0, 'dependsOn'];
        const way = [...circle, circle[0]].join(' → ');
        problems.push((0,problem/* rule */.H)(path, `the containers wait for each other in a circle: ${way}`));
        takeAway(circle, waits, waiters);
    }
    return problems;
}
function takeAway(names, waits, waiters) {
    const free = [...names];
    for (let name = free.pop(); name !== undefined; name = free.pop()) {
        waits.delete(name);
        for (const waiter of waiters.get(name) ?? []) {
            waits.get(waiter)?.delete(name);
            if (waits.get(waiter)?.size === 0)
                free.push(waiter);
        }
    }
}
/** The first circle that one comes to by following what waits for something; undefined when nothing does. */
function findCircle(waits) {
    const way = new Set();
    let [name] = waits.keys();
    while (name !== undefined && !way.has(name)) {
        way.add(name);
        [name] = waits.get(name) ?? [];
    }
    return name === undefined ? undefined : [...way].slice([...way].indexOf(name));
}
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html: COMPLETE and SUCCESS cannot be
// set on an essential container, HEALTHY asks for a health check in the task definition.
function checkConditions(containers) {
    const byName = new Map(containers.map((container) => [container.name, container]));
    return containers.flatMap((container) => dependenciesOf(container).flatMap(({ at, name, condition }) => {
        const other = byName.get(name);
        if (other === undefined)
            return [];
        const path = ['containerDefinitions', container.index, 'dependsOn', at, 'condition'];
        if (condition === 'HEALTHY' && other.settings['healthCheck'] === undefined)
            return [(0,problem/* rule */.H)(path, `HEALTHY needs a "healthCheck" in container "${name}", which has none`)];
        if ((condition === 'COMPLETE' || condition === 'SUCCESS') && other.settings['essential'] !== false)
            return [
                (0,problem/* rule */.H)(path, `${condition} waits for "${name}" to end, which as an essential container it must not; set its "essential" to false`),
            ];
        return [];
    }));
}

;// CONCATENATED MODULE: ./lib/taskdef/port-check.js



/**
 * What ECS asks of ports and links by network mode.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
 */
function checkPorts(definition) {
    const mode = (0,json_value/* textAt */.$6)(definition, 'networkMode');
    return (0,task_definition/* containersOf */.Mz)(definition).flatMap(({ index, settings }) => {
        const path = ['containerDefinitions', index];
        const mappings = (0,json_value/* objectsAt */.yR)(settings, 'portMappings');
        const problems = mappings.flatMap(({ index: at, item }) => checkMapping(item, mode, [...path, 'portMappings', at]));
        if (mode === 'none' && mappings.length > 0)
            problems.push((0,problem/* rule */.H)([...path, 'portMappings'], 'networkMode none takes no port mappings'));
        if ((mode === 'awsvpc' || mode === 'host') && (0,json_value/* listAt */.gT)(settings, 'links').length > 0)
            problems.push((0,problem/* rule */.H)([...path, 'links'], `links work in networkMode bridge only, not in ${mode}`));
        return problems;
    });
}
function checkMapping(mapping, mode, path) {
    const containerPort = (0,json_value/* numberAt */.tk)(mapping, 'containerPort');
    const hostPort = (0,json_value/* numberAt */.tk)(mapping, 'hostPort');
    if (mapping['containerPort'] === undefined && mapping['containerPortRange'] === undefined)
        return [(0,problem/* rule */.H)(path, 'a port mapping needs a "containerPort" or a "containerPortRange"')];
    if (mapping['containerPort'] !== undefined && mapping['containerPortRange'] !== undefined)
        return [(0,problem/* rule */.H)(path, '"containerPort" and "containerPortRange" exclude each other')];
    if (containerPort !== undefined && (containerPort < 1 || containerPort > 65_535))
        return [(0,problem/* rule */.H)([...path, 'containerPort'], `a port is 1 to 65535, got ${containerPort}`)];
    if (hostPort !== undefined && (hostPort < 0 || hostPort > 65_535))
        return [(0,problem/* rule */.H)([...path, 'hostPort'], `a port is 0 to 65535, got ${hostPort}`)];
    const isShared = mode === 'awsvpc' || mode === 'host';
    if (isShared &&
        containerPort !== undefined &&
        hostPort !== undefined &&
        hostPort !== 0 &&
        hostPort !== containerPort)
        return [
            (0,problem/* rule */.H)([...path, 'hostPort'], `in networkMode ${mode} the hostPort is the containerPort: leave it out or set it to ${containerPort}, not ${hostPort}`),
        ];
    return [];
}

// EXTERNAL MODULE: ./lib/message/nearest-name.js
var nearest_name = __webpack_require__(6765);
;// CONCATENATED MODULE: ./lib/taskdef/reference-check.js



/** Whether every container and volume that something names is there. */
function checkReferences(definition) {
    const containers = (0,task_definition/* containerNamesOf */.de)(definition);
    const volumes = (0,json_value/* objectsAt */.yR)(definition, 'volumes').flatMap(({ item }) => (0,json_value/* textAt */.$6)(item, 'name') ?? []);
    const problems = [];
    const expect = (kind, legal, name, path) => {
        if (name !== undefined && !legal.includes(name))
            problems.push(unknownName(kind, name, legal, path));
    };
    for (const { index, settings } of (0,task_definition/* containersOf */.Mz)(definition)) {
        const path = ['containerDefinitions', index];
        for (const { index: at, item } of (0,json_value/* objectsAt */.yR)(settings, 'mountPoints'))
            expect('volume', volumes, (0,json_value/* textAt */.$6)(item, 'sourceVolume'), [...path, 'mountPoints', at, 'sourceVolume']);
        for (const { index: at, item } of (0,json_value/* objectsAt */.yR)(settings, 'volumesFrom'))
            expect('container', containers, (0,json_value/* textAt */.$6)(item, 'sourceContainer'), [
                ...path,
                'volumesFrom',
                at,
                'sourceContainer',
            ]);
        for (const { index: at, item } of (0,json_value/* objectsAt */.yR)(settings, 'dependsOn'))
            expect('container', containers, (0,json_value/* textAt */.$6)(item, 'containerName'), [
                ...path,
                'dependsOn',
                at,
                'containerName',
            ]);
        for (const [at, link] of (0,json_value/* listAt */.gT)(settings, 'links').entries())
            if (typeof link === 'string')
                expect('container', containers, link.split(':')[0], [...path, 'links', at]);
    }
    const proxy = (0,json_value/* objectAt */.lJ)(definition, 'proxyConfiguration');
    if (proxy !== undefined)
        expect('container', containers, (0,json_value/* textAt */.$6)(proxy, 'containerName'), ['proxyConfiguration', 'containerName']);
    return problems;
}
function unknownName(kind, name, legal, path) {
    const meant = (0,nearest_name/* nearestName */.q)(name, legal);
    const help = meant !== undefined
        ? `did you mean "${meant}"?`
        : legal.length > 0
            ? `there are: ${legal.join(', ')}`
            : 'there is none';
    return { kind: 'rule', path, message: `there is no ${kind} "${name}"; ${help}` };
}

// EXTERNAL MODULE: ./lib/taskdef/structure-check.js
var structure_check = __webpack_require__(416);
// EXTERNAL MODULE: ./lib/taskdef/task-size.js
var task_size = __webpack_require__(8973);
;// CONCATENATED MODULE: ./lib/taskdef/task-check.js



// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
const maximumBytes = 64 * 1024;
/** What ECS asks of the task as a whole. */
function checkTask(definition) {
    const family = (0,json_value/* textAt */.$6)(definition, 'family');
    const problems = [];
    if (family !== undefined && !/^[A-Za-z0-9_-]{1,255}$/.test(family))
        problems.push((0,problem/* rule */.H)(['family'], 'a family is 1 to 255 letters, digits, hyphens and underscores'));
    const bytes = new TextEncoder().encode(JSON.stringify(definition)).length;
    if (bytes > maximumBytes)
        problems.push((0,problem/* rule */.H)([], `the task definition has ${bytes} bytes; ECS takes up to ${maximumBytes}`));
    if ((0,json_value/* listAt */.gT)(definition, 'requiresCompatibilities').includes('FARGATE'))
        problems.push(...checkFargate(definition));
    return problems;
}
/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html */
function checkFargate(definition) {
    const mode = (0,json_value/* textAt */.$6)(definition, 'networkMode');
    const problems = [];
    if (mode !== 'awsvpc')
        problems.push((0,problem/* rule */.H)(['networkMode'], `Fargate asks for networkMode "awsvpc"${mode === undefined ? '; none is set' : `, not "${mode}"`}`));
    const cpu = readSize(definition, 'cpu', task_size/* parseCpuUnits */.TT, problems);
    const memory = readSize(definition, 'memory', task_size/* parseMemoryMib */.z1, problems);
    const wrong = cpu === undefined || memory === undefined ? undefined : (0,task_size/* explainFargateSize */.xJ)(cpu, memory);
    if (wrong !== undefined)
        problems.push({ kind: 'fargate-size', path: ['memory'], message: wrong });
    return problems;
}
function readSize(definition, name, parse, problems) {
    const text = (0,json_value/* textAt */.$6)(definition, name);
    if (definition[name] === undefined)
        problems.push((0,problem/* rule */.H)([], `Fargate asks for a task-level "${name}"; set it here or by the input "${name}"`));
    const size = text === undefined ? undefined : parse(text);
    if (text !== undefined && size === undefined)
        problems.push((0,problem/* rule */.H)([name], `expected ${name === 'cpu' ? 'CPU units such as "256" or "1 vCPU"' : 'MiB such as "512" or "1 GB"'}, got "${text}"`));
    return size;
}

;// CONCATENATED MODULE: ./lib/taskdef/check.js






/**
 * Everything about a task definition that ECS would refuse and that can be known offline, all of it at once. It takes any
 * JSON object: what has the wrong type is reported as that and left out of the other checks.
 */
function checkTaskDefinition(definition, shape) {
    return [...(0,structure_check/* checkStructure */.w)(definition, shape), ...checkRules(definition)];
}
/** What ECS asks beyond the right members and types. */
function checkRules(definition) {
    return [
        ...checkTask(definition),
        ...checkContainers(definition),
        ...checkContainerMemory(definition),
        ...checkExecutionRole(definition),
        ...checkReferences(definition),
        ...checkDependencies(definition),
        ...checkPorts(definition),
    ];
}


/***/ }),

/***/ 2729:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DO: () => (/* binding */ locateProblems),
/* harmony export */   kb: () => (/* binding */ refuseInvalidTaskDefinition),
/* harmony export */   xP: () => (/* binding */ refuseFindings)
/* harmony export */ });
/* harmony import */ var _message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(345);
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9751);
/* harmony import */ var _check_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(687);
/* harmony import */ var _json_value_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7240);




/** Finds the place of every problem of `definition`, which was made from `source`. */
function locateProblems(problems, definition, source) {
    return problems.map((problem) => ({ problem, place: source.locate(definition, problem.path) }));
}
// More than anyone mends in one go; the heading says how many there are.
const shownProblems = 50;
/**
 * Refuses a definition that has problems; what is only worth a warning is returned, one line each.
 *
 * @param strict false turns what a newer ECS might know (keys, Fargate sizes) into warnings
 * @throws UserError `task-definition-invalid` that names every problem, one a line, in the order of the file
 */
function refuseFindings(findings, fileName, strict) {
    const inOrder = [...findings].sort((a, b) => (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0));
    const say = (finding) => sayFinding(finding, fileName);
    const errors = inOrder.filter(({ problem }) => !isWarning(problem, strict));
    if (errors.length === 0)
        return inOrder.map(say);
    const heading = errors.length === 1 ? '' : `${errors.length} problems in the task definition:\n`;
    const rest = errors.length > shownProblems ? `\n… and ${errors.length - shownProblems} more` : '';
    const lines = errors.slice(0, shownProblems).map(say).join('\n');
    throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y('task-definition-invalid', heading + lines + rest);
}
/**
 * Checks a definition as it stands in its file.
 *
 * @returns warnings, one line each
 * @throws UserError `task-definition-invalid` that names every problem with file, line and column
 */
function refuseInvalidTaskDefinition(source, shape, strict) {
    const problems = (0,_check_js__WEBPACK_IMPORTED_MODULE_2__/* .checkTaskDefinition */ .T)(source.definition, shape);
    return refuseFindings(locateProblems(problems, source.definition, source), source.fileName, strict);
}
function isWarning({ kind }, strict) {
    return kind === 'advice' || (!strict && (kind === 'unknown-key' || kind === 'fargate-size'));
}
function sayFinding({ problem: { kind, path, message }, place }, fileName) {
    if (kind === 'input')
        return (0,_message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanRemoteLine */ .K)(message);
    const where = place === undefined ? fileName : `${fileName}:${place.line}:${place.column}`;
    return (0,_message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanRemoteLine */ .K)(`${where}: ${path.length === 0 ? '' : `${(0,_json_value_js__WEBPACK_IMPORTED_MODULE_3__/* .sayPath */ .De)(path)}: `}${message}`);
}


/***/ }),

/***/ 2563:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  WH: () => (/* binding */ maximumFileBytes),
  Id: () => (/* binding */ parseTaskDefinition),
  Ud: () => (/* binding */ readDefinition)
});

// EXTERNAL MODULE: ./lib/message/remote-text.js
var remote_text = __webpack_require__(345);
// EXTERNAL MODULE: ./lib/message/user-error.js
var user_error = __webpack_require__(9751);
;// CONCATENATED MODULE: ./lib/taskdef/source-text.js
/** A text that is no JSON or YAML: what is wrong, and the offset at which it shows. */
class SyntaxFault extends Error {
    offset;
    constructor(message, offset) {
        super(message);
        this.name = 'SyntaxFault';
        this.offset = offset;
    }
}
/** Deeper than any task definition; the guard against documents that only serve to exhaust the stack. */
const maximumDepth = 64;
function createPlaceBook() {
    const offsets = new WeakMap();
    return {
        note(container, member, offset) {
            const members = offsets.get(container) ?? new Map();
            offsets.set(container, members.set(member, offset));
        },
        adopt(copy, original) {
            const members = offsets.get(original);
            if (members !== undefined)
                offsets.set(copy, members);
        },
        find(root, original, path) {
            let found;
            let here = root;
            let there = original;
            for (const step of path) {
                found = lookUp(offsets, here, step) ?? lookUp(offsets, there, step) ?? found;
                here = memberOf(here, step);
                there = memberOf(there, step);
            }
            return found;
        },
    };
}
function lookUp(offsets, value, step) {
    return typeof value === 'object' && value !== null ? offsets.get(value)?.get(step) : undefined;
}
function memberOf(value, step) {
    return typeof value === 'object' && value !== null
        ? value[step]
        : undefined;
}
/** Turns offsets of a text into places; it looks for the lines once. */
function createPlaceFinder(text) {
    const lineStarts = [0];
    for (const { 0: lineEnd, index } of text.matchAll(/\r\n|\n|\r/g))
        lineStarts.push(index + lineEnd.length);
    return (offset) => {
        let [line, after] = [0, lineStarts.length];
        while (after - line > 1) {
            const middle = (line + after) >> 1;
            if ((lineStarts[middle] ?? 0) <= offset)
                line = middle;
            else
                after = middle;
        }
        return { line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 };
    };
}

;// CONCATENATED MODULE: ./lib/taskdef/json-text.js

// Blanks, then one of: a structural mark, a string, a number or literal, anything else.
const tokenPattern = /[ \t\n\r]*(?:([{}[\],:])|("[^"\\]*(?:\\.[^"\\]*)*")|([\w.+-]+)|(.)|$)/suy;
/**
 * Reads strict JSON and remembers where every member stands. JSON.parse is no help there: some of its messages name no
 * position, it keeps the last of two equal keys in silence, and it knows no places. Members that are null are left out, as
 * ECS knows no null.
 *
 * @throws SyntaxFault at the first thing that is no JSON, a repeated key, or nesting beyond `maximumDepth`
 */
function readJsonText(text) {
    const tokens = createTokens(text);
    const places = createPlaceBook();
    const value = readValue(tokens, places, 0);
    const rest = tokens.take();
    if (rest.kind !== 'end')
        throw new SyntaxFault(`expected the end of the file, found ${say(rest)}`, rest.offset);
    return { value, places };
}
function createTokens(text) {
    let offset = 0;
    let ahead;
    const read = () => {
        tokenPattern.lastIndex = offset;
        const match = tokenPattern.exec(text);
        const [whole = '', mark, string, word, stray] = match ?? [];
        offset += whole.length;
        const found = mark ?? string ?? word ?? stray ?? '';
        const kind = mark ? 'mark' : string ? 'string' : word ? 'word' : stray ? 'stray' : 'end';
        return { kind, text: found, offset: offset - found.length };
    };
    const take = () => {
        const token = ahead ?? read();
        ahead = undefined;
        return token;
    };
    const peek = () => {
        ahead ??= read();
        return ahead;
    };
    return {
        peek,
        take,
        skipMark(mark) {
            const isNext = peek().kind === 'mark' && peek().text === mark;
            if (isNext)
                take();
            return isNext;
        },
        takeMark(marks, expected) {
            const token = take();
            if (token.kind === 'mark' && marks.includes(token.text))
                return token.text;
            throw new SyntaxFault(`expected ${expected}, found ${say(token)}`, token.offset);
        },
    };
}
function readValue(tokens, places, depth) {
    const token = tokens.take();
    if (depth > maximumDepth)
        throw new SyntaxFault(`nested more than ${maximumDepth} levels deep`, token.offset);
    if (token.kind === 'mark' && token.text === '{')
        return readObject(tokens, places, depth);
    if (token.kind === 'mark' && token.text === '[')
        return readList(tokens, places, depth);
    if (token.kind === 'string' || token.kind === 'word')
        return readScalar(token);
    throw new SyntaxFault(`expected a value, found ${say(token)}`, token.offset);
}
function readObject(tokens, places, depth) {
    const entries = new Map();
    let mark = tokens.skipMark('}') ? '}' : ',';
    while (mark === ',') {
        const token = tokens.take();
        if (token.kind !== 'string')
            throw new SyntaxFault(`expected a key in double quotes, found ${say(token)}`, token.offset);
        const key = String(readScalar(token));
        if (entries.has(key))
            throw new SyntaxFault(`the key "${key}" stands here a second time`, token.offset);
        tokens.takeMark(':', '":" after the key');
        entries.set(key, { value: readValue(tokens, places, depth + 1), offset: token.offset });
        mark = tokens.takeMark(',}', '"," or "}"');
    }
    const kept = [...entries].filter(([, { value }]) => value !== null);
    const object = Object.fromEntries(kept.map(([key, { value }]) => [key, value]));
    for (const [key, { offset }] of kept)
        places.note(object, key, offset);
    return object;
}
function readList(tokens, places, depth) {
    const items = [];
    let mark = tokens.skipMark(']') ? ']' : ',';
    while (mark === ',') {
        places.note(items, items.length, tokens.peek().offset);
        items.push(readValue(tokens, places, depth + 1));
        mark = tokens.takeMark(',]', '"," or "]"');
    }
    return items;
}
function readScalar(token) {
    try {
        return JSON.parse(token.text);
    }
    catch {
        const message = token.kind === 'string'
            ? 'found a character or escape that JSON forbids in text'
            : `expected a value, found ${say(token)}`;
        throw new SyntaxFault(message, token.offset);
    }
}
// Only structure is quoted: a word or text might be a secret's value.
function say(token) {
    switch (token.kind) {
        case 'mark':
            return `"${token.text}"`;
        case 'end':
            return 'the end of the file';
        case 'string':
            return 'text';
        case 'word':
            return 'a word or number that is no JSON value';
        case 'stray':
            return token.text === '"' ? 'text without its closing quote' : `"${token.text}"`;
    }
}

// EXTERNAL MODULE: ./lib/taskdef/json-value.js
var json_value = __webpack_require__(7240);
// EXTERNAL MODULE: ./lib/taskdef/task-definition.js
var task_definition = __webpack_require__(7425);
// EXTERNAL MODULE: ../../../node_modules/yaml/dist/index.js
var dist = __webpack_require__(4298);
;// CONCATENATED MODULE: ./lib/taskdef/yaml-text.js


/** What a document may grow to once its aliases are written out; an honest one has a few thousand values. */
const maximumValues = 50_000;
/**
 * Reads one YAML 1.2 document (core schema, with `<<` merge keys) and remembers where every member stands. Members without
 * a value are left out, as ECS knows no null.
 *
 * @throws SyntaxFault at the first error, repeated key, tag, alias bomb, or nesting beyond `maximumDepth`
 */
function readYamlText(text) {
    refuseDeepBrackets(text);
    // The library compares every key with every other, which takes minutes on a hostile file; the walk finds repeated keys.
    const document = (0,dist/* parseDocument */.Tp)(text, { uniqueKeys: false, prettyErrors: false, merge: true });
    const [fault] = [...document.errors, ...document.warnings];
    if (fault !== undefined)
        throw new SyntaxFault(sayFault(fault.code, fault.message), fault.pos[0]);
    const walk = { targets: findTargets(document), places: createPlaceBook(), values: 0 };
    return { value: toValue(document.contents, walk, 0, 0), places: walk.places };
}
// The composer recurses and takes seconds to give up on a megabyte of brackets; this costs a millisecond.
function refuseDeepBrackets(text) {
    let depth = 0;
    for (const { 0: mark, index } of text.matchAll(/[{}[\]]/g)) {
        depth = mark === '{' || mark === '[' ? depth + 1 : Math.max(0, depth - 1);
        if (depth > 500)
            throw new SyntaxFault('too many brackets that are never closed', index);
    }
}
function sayFault(code, message) {
    if (code === 'MULTIPLE_DOCS')
        return 'a second document starts here; a task definition is one document';
    if (code === 'TAG_RESOLVE_FAILED')
        return 'tags such as !Ref or !Sub are not resolved here; write the value itself';
    if (code === 'RESOURCE_EXHAUSTION')
        return `nested more than ${maximumDepth} levels deep`;
    return message.replace(/\s+/g, ' ');
}
// One pass for all aliases: the library looks through the whole document for each of them. An anchor may be set again; an
// alias means the last one before it.
function findTargets(document) {
    const anchors = new Map();
    const targets = new Map();
    (0,dist/* visit */.YR)(document, {
        Node(_key, node) {
            if ((0,dist/* isAlias */.Vj)(node)) {
                const target = anchors.get(node.source);
                if (target !== undefined)
                    targets.set(node, target);
            }
            else if (node.anchor !== undefined) {
                anchors.set(node.anchor, node);
            }
        },
    });
    return targets;
}
function toValue(node, walk, depth, offset) {
    walk.values += 1;
    if (walk.values > maximumValues)
        throw new SyntaxFault(`more than ${maximumValues} values, with all aliases written out`, offset);
    if (depth > maximumDepth)
        throw new SyntaxFault(`nested more than ${maximumDepth} levels deep`, offset);
    if ((0,dist/* isAlias */.Vj)(node)) {
        const target = walk.targets.get(node);
        if (target === undefined)
            throw new SyntaxFault(`the alias *${node.source} has no anchor`, offset);
        return toValue(target, walk, depth + 1, offset);
    }
    if ((0,dist/* isMap */.jh)(node))
        return toObject(node, walk, depth, offset);
    if ((0,dist/* isSeq */.oP)(node)) {
        const items = [];
        for (const item of node.items) {
            const at = offsetOf(item, offset);
            walk.places.note(items, items.length, at);
            items.push(toValue(item, walk, depth + 1, at));
        }
        return items;
    }
    if ((0,dist/* isScalar */.jn)(node))
        return toScalar(node.value, offset);
    return null;
}
function toScalar(value, offset) {
    if (value === null || typeof value === 'string' || typeof value === 'boolean')
        return value;
    if (typeof value === 'number' && Number.isFinite(value))
        return value;
    throw new SyntaxFault('a value that JSON cannot hold', offset);
}
function toObject(map, walk, depth, offset) {
    const own = new Map();
    const merged = new Map();
    for (const pair of map.items) {
        const at = offsetOf(pair.key, offset);
        const value = toValue(pair.value, walk, depth + 1, offsetOf(pair.value, at));
        const key = keyOf(pair, at);
        if (key === '<<') {
            for (const [name, item] of mergedMembers(value, at))
                if (!merged.has(name))
                    merged.set(name, { value: item, at });
        }
        else if (own.has(key)) {
            throw new SyntaxFault(`the key "${key}" stands here a second time`, at);
        }
        else {
            own.set(key, { value, at });
        }
    }
    const kept = [...new Map([...merged, ...own])].filter(([, { value }]) => value !== null);
    const object = Object.fromEntries(kept.map(([key, { value }]) => [key, value]));
    for (const [key, { at }] of kept)
        walk.places.note(object, key, at);
    return object;
}
// https://yaml.org/type/merge.html: of several maps the earlier one wins, and the map's own keys win over all.
function mergedMembers(value, offset) {
    const sources = Array.isArray(value) ? value : [value];
    return sources.flatMap((source) => {
        if (typeof source === 'object' && source !== null && !Array.isArray(source))
            return Object.entries(source);
        throw new SyntaxFault('"<<" merges maps only', offset);
    });
}
function keyOf(pair, offset) {
    const { key } = pair;
    if (!(0,dist/* isScalar */.jn)(key))
        throw new SyntaxFault('a key must be plain text', offset);
    return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}
function offsetOf(node, otherwise) {
    const range = node?.range;
    return range?.[0] ?? otherwise;
}

;// CONCATENATED MODULE: ./lib/taskdef/parse.js







/** Larger files are refused unread. ECS takes 64 KiB of JSON, so this leaves room for comments and indentation. */
const maximumFileBytes = 256 * 1024;
/**
 * Reads a task definition from the text of a file: strict JSON for `*.json` and for what starts with `{`, YAML for all else.
 * The whole reply of describe-task-definition is unwrapped, its tags kept; read-only members are dropped with a note.
 * Whether ECS would accept the definition is the business of `checkTaskDefinition`.
 *
 * @throws UserError `task-definition-invalid` that names file, line and column
 */
function parseTaskDefinition(text, fileName) {
    const refuse = (message, place) => {
        const where = place === undefined ? fileName : `${fileName}:${place.line}:${place.column}`;
        return new user_error/* UserError */.y('task-definition-invalid', `${where}: ${(0,remote_text/* cleanRemoteLine */.K)(message)}`);
    };
    if (text.trim() === '')
        throw refuse('the file is empty; it must hold a task definition');
    const placeOf = createPlaceFinder(text);
    const { value, places } = readSource(text, fileName, (message, offset) => refuse(message, placeOf(offset)));
    if (!(0,json_value/* isObject */.Gv)(value))
        throw refuse(sayNoObject(value));
    const reply = (0,task_definition/* unwrapDescribeReply */.lK)(value);
    const whole = reply ?? value;
    const definition = readDefinition(whole);
    places.adopt(definition, reply === undefined ? value : value['taskDefinition']);
    return {
        definition,
        fileName,
        isRegistered: false,
        notes: sayDropped(whole, reply !== undefined),
        locate(root, path) {
            const offset = places.find(root, definition, path);
            return offset === undefined ? undefined : placeOf(offset);
        },
    };
}
function readSource(text, fileName, refuse) {
    const isYaml = /\.ya?ml$/i.test(fileName);
    const isJson = /\.json$/i.test(fileName) || (!isYaml && text.trimStart().startsWith('{'));
    try {
        return isJson ? readJsonText(text) : readYamlText(text);
    }
    catch (error) {
        if (!(error instanceof SyntaxFault))
            throw error;
        throw refuse(`this is no valid ${isJson ? 'JSON' : 'YAML'}: ${error.message}`, error.offset);
    }
}
/** What RegisterTaskDefinition takes of what DescribeTaskDefinition gives. */
function readDefinition(definition) {
    return Object.fromEntries(Object.entries(definition).filter(([name]) => !task_definition/* readOnlyNames */.Pz.includes(name)));
}
function sayDropped(definition, wasReply) {
    const dropped = task_definition/* readOnlyNames */.Pz.filter((name) => Object.hasOwn(definition, name));
    return [
        ...(wasReply
            ? ['The file is a whole describe-task-definition reply; its "taskDefinition" is used.']
            : []),
        ...(dropped.length > 0 ? [`Left out what ECS sets itself: ${dropped.join(', ')}.`] : []),
    ];
}
function sayNoObject(value) {
    return Array.isArray(value)
        ? 'this is a list; a task definition is an object with "family" and "containerDefinitions"'
        : 'this is plain text; a task definition is an object with "family" and "containerDefinitions"';
}


/***/ }),

/***/ 1251:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ rule),
/* harmony export */   o: () => (/* binding */ inputProblem)
/* harmony export */ });
/** A problem that ECS refuses whatever the circumstances. */
function rule(path, message) {
    return { kind: 'rule', path, message };
}
/** A problem that an input brings in. */
function inputProblem(input, message) {
    return { kind: 'input', path: [], message: `input "${input}": ${message}` };
}


/***/ }),

/***/ 416:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ checkStructure)
/* harmony export */ });
/* harmony import */ var _message_nearest_name_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6765);
/* harmony import */ var _json_value_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7240);


/**
 * Compares a value with what ECS allows there: unknown keys (which the SDK would drop without a word), missing ones, and
 * wrong types (which ECS answers with a SerializationException that names no place).
 */
function checkStructure(value, shape, path = []) {
    switch (shape.kind) {
        case 'text':
            return typeof value === 'string' ? [] : wrongType(value, 'text', path);
        case 'number':
            return Number.isInteger(value) ? [] : wrongType(value, 'a whole number', path);
        case 'flag':
            return typeof value === 'boolean' ? [] : wrongType(value, 'true or false', path);
        case 'list':
            if (!(0,_json_value_js__WEBPACK_IMPORTED_MODULE_1__/* .isList */ .Lv)(value))
                return wrongType(value, 'a list', path);
            return value.flatMap((item, index) => checkStructure(item, shape.of, [...path, index]));
        case 'map':
            if (!(0,_json_value_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value))
                return wrongType(value, 'an object', path);
            return Object.entries(value).flatMap(([key, item]) => checkStructure(item, shape.of, [...path, key]));
        case 'structure':
            return (0,_json_value_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value) ? checkMembers(value, shape, path) : wrongType(value, 'an object', path);
    }
}
function checkMembers(object, shape, path) {
    const missing = shape.required
        .filter((name) => !Object.hasOwn(object, name))
        .map((name) => ({ kind: 'missing', path: [...path, name], message: 'missing; ECS requires it' }));
    const present = Object.entries(object).flatMap(([name, value]) => {
        const member = shape.members.get(name);
        return member === undefined
            ? [unknownKey(name, shape, path)]
            : checkStructure(value, member, [...path, name]);
    });
    return [...present, ...missing];
}
function unknownKey(name, shape, path) {
    const legal = [...shape.members.keys()];
    const meant = (0,_message_nearest_name_js__WEBPACK_IMPORTED_MODULE_0__/* .nearestName */ .q)(name, legal);
    const help = meant !== undefined
        ? `did you mean "${meant}"?`
        : legal.length <= 8
            ? `legal here: ${legal.join(', ')}`
            : 'ECS has no such key here';
    return { kind: 'unknown-key', path: [...path, name], message: `unknown key; ${help}` };
}
function wrongType(value, expected, path) {
    const isQuotable = typeof value === 'number' || typeof value === 'boolean';
    const isNumeric = typeof value === 'string' && /^-?\d+$/.test(value);
    const hint = expected === 'text' && isQuotable
        ? '; put it in quotes'
        : (expected === 'a whole number' && isNumeric) ||
            (expected === 'true or false' && (value === 'true' || value === 'false'))
            ? '; take the quotes off'
            : '';
    return [{ kind: 'type', path, message: `expected ${expected}, got ${sayType(value)}${hint}` }];
}
// The value itself is left out: it may be a secret's.
function sayType(value) {
    if (value === null)
        return 'null';
    if ((0,_json_value_js__WEBPACK_IMPORTED_MODULE_1__/* .isList */ .Lv)(value))
        return 'a list';
    if (typeof value === 'number')
        return Number.isInteger(value) ? 'a number' : 'a fraction';
    if (typeof value === 'boolean')
        return 'true or false';
    return typeof value === 'string' ? 'text' : 'an object';
}


/***/ })

};
