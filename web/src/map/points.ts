// The layer of vessels: all reports lie on the graphics card, each with the way to the next one, and the vertex shader places
// the vessel on it for the time shown. Moving a million points costs the page one uniform.
import type {CustomLayerInterface, CustomRenderMethodInput, Map} from 'maplibre-gl';
import {COAST_S, SILENCE_S, placeAt, unwrap, type Columns} from './columns';
import {Crowd, drawnBySoftware, takeBytesAsTheyLie} from './crowd';
import {COURSE_UNKNOWN, SPEED_UNKNOWN, WORDS, segments, type Segments} from './segments';

const COMMON = `#version 300 es
precision highp float;
precision highp int;
uniform mat4 matrix; uniform float world, time, trail; uniform int chosen; uniform sampler2D looks;
layout(location = 0) in vec2 t; layout(location = 1) in vec4 way; layout(location = 2) in uvec2 what;
const float PI = 3.14159265358979, SILENCE = ${SILENCE_S.toFixed(1)}, COAST = ${COAST_S.toFixed(1)};
vec4 lookOf(uint v) { return texelFetch(looks, ivec2(int(v & 1023u), int(v >> 10u)), 0); }
vec4 place(vec2 at) { return matrix * vec4(at.x + world, at.y, 0.0, 1.0); }
float cosLat(float y) { return 1.0 / cosh(2.0 * PI * (0.5 - y)); }
// A way no ship can sail (two ships under one number, a false position) is a jump, not a track.
const float JUMP_DEGREES_S = 60.0 / 216000.0;
const vec4 NOWHERE = vec4(2.0, 2.0, 2.0, 1.0);
`;
// One point a record; all but those the time falls into leave at once.
const POINT_VERTEX = `${COMMON}
uniform float size, bold;
flat out vec4 colour; flat out vec2 heading; flat out float shape; flat out float wide;
void main() {
  bool more = t.y >= 0.0;
  gl_Position = NOWHERE; gl_PointSize = 1.0; colour = vec4(0.0); heading = vec2(0.0); shape = 0.0; wide = 1.0;
  if (time < t.x || (more ? time >= t.y : time - t.x > SILENCE)) return;
  vec4 look = lookOf(what.y);
  if (look.a == 0.0) return;
  float speed = float(what.x & ${SPEED_UNKNOWN}u) * 0.1, silent = 0.0;
  uint course = what.x >> 10u;
  float angle = radians(float(course) * 0.1);
  heading = course == ${COURSE_UNKNOWN}u ? vec2(0.0, 1.0) : vec2(sin(angle), cos(angle));
  vec2 at = way.xy;
  if (more && t.y - t.x <= SILENCE) at = mix(way.xy, way.zw, (time - t.x) / max(t.y - t.x, 1e-3));
  else {
    if (speed > 0.3 && course != ${COURSE_UNKNOWN}u && speed < 102.25) at += vec2(heading.x, -heading.y) * speed * min(time - t.x, COAST) / (216000.0 * 360.0 * cosLat(at.y));
    silent = step(COAST, time - t.x);
  }
  gl_Position = place(at);
  wide = look.a > 0.9 || int(what.y) == chosen ? bold * (int(what.y) == chosen ? 1.25 : 1.0) : size;
  gl_PointSize = wide;
  colour = vec4(look.rgb, 1.0);
  shape = silent > 0.5 ? 2.0 : speed < 0.45 || course == ${COURSE_UNKNOWN}u ? 1.0 : 0.0;
}`;
const POINT_FRAGMENT = `#version 300 es
precision highp float;
flat in vec4 colour; flat in vec2 heading; flat in float shape; uniform vec3 rim; out vec4 pixel;
void main() {
  vec2 p = (gl_PointCoord - 0.5) * 2.0; p.y = -p.y;
  float d;
  if (shape < 0.5) {            // under way: an arrow along the course
    vec2 q = vec2(p.x * heading.y - p.y * heading.x, dot(p, heading));
    d = max(abs(q.x) * 1.9 + q.y * 0.72 - 0.62, -q.y - 0.72 + abs(q.x) * -0.55);
  } else d = length(p) - 0.5;   // at rest: a disc; silent: a ring
  float w = fwidth(d) + 0.02;
  float inside = 1.0 - smoothstep(0.0, w, d), edge = 1.0 - smoothstep(0.0, w, d - 0.16);
  if (edge < 0.02) discard;
  float fillIn = shape > 1.5 ? inside * (1.0 - (1.0 - smoothstep(0.0, w, d + 0.22))) : inside;
  if (shape > 1.5) { pixel = vec4(colour.rgb, 1.0) * fillIn; return; }
  vec3 mixed = mix(rim, colour.rgb, inside);
  pixel = vec4(mixed * edge, edge);
}`;
// Where vessels crowd each is a dot: an arrow a few pixels wide says nothing, and its drawing is what would take the time.
const DOT_FRAGMENT = `#version 300 es
precision mediump float;
flat in vec4 colour; flat in float wide; out vec4 pixel;
void main() {
  vec2 p = gl_PointCoord * 2.0 - 1.0;
  pixel = vec4(colour.rgb, 1.0) * min((1.0 - dot(p, p)) * wide, 1.0);
}`;
// Two vertices a record: the way behind each vessel, fading with age. Of the chosen one all of its way, its silences red.
const LINE_VERTEX = `${COMMON}
out vec4 colour; out float dash; uniform vec3 silence; uniform float from, until; uniform bool mine;
void main() {
  gl_Position = NOWHERE; colour = vec4(0.0); dash = 0.0;
  if (t.y < 0.0) return;
  vec2 leap = (way.zw - way.xy) * 360.0 * cosLat(way.y);
  bool gap = t.y - t.x > SILENCE || length(leap) > 0.02 + (t.y - t.x) * JUMP_DEGREES_S;
  if (mine ? t.y < from || t.x > until : gap || t.x > time || t.y < time - trail) return;
  vec4 look = lookOf(what.y);
  if (look.a == 0.0) return;
  float end = !mine && t.y > time ? (time - t.x) / max(t.y - t.x, 1e-3) : 1.0;
  float part = (gl_VertexID & 1) == 0 ? 0.0 : end;
  gl_Position = place(mix(way.xy, way.zw, part));
  float age = mine ? 0.1 : clamp((time - mix(t.x, t.y, part)) / max(trail, 1.0), 0.0, 1.0);
  colour = gap ? vec4(silence, 1.0) : vec4(look.rgb, mine ? 1.0 : 0.75 * (1.0 - age));
  dash = gap ? part * length(way.zw - way.xy) * 360.0 : -1.0;
}`;
const LINE_FRAGMENT = `#version 300 es
precision highp float;
in vec4 colour; in float dash; uniform float dashes; out vec4 pixel;
void main() {
  if (dash >= 0.0 && fract(dash * dashes) > 0.55) discard;
  pixel = vec4(colour.rgb * colour.a, colour.a);
}`;

function program(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const made = gl.createProgram()!;
  for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
    const shader = gl.createShader(type)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(`shader: ${gl.getShaderInfoLog(shader)}`);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(`shader: ${gl.getProgramInfoLog(made)}`);
  return made;
}
export type Rgb = [number, number, number];
const LOOK_WIDTH = 1024;
const UNIFORMS = ['matrix', 'world', 'time', 'trail', 'chosen', 'looks', 'from', 'until', 'mine', 'size', 'bold', 'dashes', 'rim', 'silence'];

// Where there are so many vessels in sight that their marks would cover more than this share of it, the marks shrink.
const MOST_COVERED = 0.5;
const SMALLEST = 1.5, ARROW = 6;   // pixels: the smallest dot, the smallest arrow

interface Held { array: WebGLVertexArrayObject; lines: WebGLVertexArrayObject; buffer: WebGLBuffer; of: Segments }

export class VesselLayer implements CustomLayerInterface {
  readonly id = 'vessels';
  readonly type = 'custom' as const;
  readonly renderingMode = '2d' as const;
  time = 0; trail = 2 * 3600; chosen = -1; from = -1e12; until = 1e12;
  rim: Rgb = [0, 0, 0]; silence: Rgb = [1, 0, 0];
  private gl?: WebGL2RenderingContext;
  private map?: Map;
  private crowd?: Crowd;         // where there is no graphics card
  private programs: Record<string, {of: WebGLProgram; at: Record<string, WebGLUniformLocation | null>}> = {};
  private all?: Held;
  private mine?: Held & {vessel: number};
  private looks?: WebGLTexture;
  private columns?: Columns;
  private pending?: Uint8Array;

  onAdd(map: Map, gl: WebGL2RenderingContext) {
    this.map = map; this.gl = gl;
    if (drawnBySoftware(gl)) this.crowd = new Crowd(gl, program);
    for (const [name, vertex, fragment] of [['arrows', POINT_VERTEX, POINT_FRAGMENT], ['dots', POINT_VERTEX, DOT_FRAGMENT], ['lines', LINE_VERTEX, LINE_FRAGMENT]] as const) {
      const of = program(gl, vertex, fragment);
      this.programs[name] = {of, at: Object.fromEntries(UNIFORMS.map((each) => [each, gl.getUniformLocation(of, each)]))};
    }
    if (this.columns) this.setColumns(this.columns);
    if (this.pending) this.setLooks(this.pending);
  }
  onRemove() {
    const gl = this.gl;
    if (!gl) return;
    this.drop(this.all); this.drop(this.mine);
    this.all = this.mine = undefined;
    if (this.looks) gl.deleteTexture(this.looks);
    for (const {of} of Object.values(this.programs)) gl.deleteProgram(of);
    this.crowd?.remove();
    this.crowd = undefined;
    this.gl = undefined;
  }
  private drop(held?: Held) {
    if (held) { this.gl!.deleteBuffer(held.buffer); this.gl!.deleteVertexArray(held.array); this.gl!.deleteVertexArray(held.lines); }
  }
  private hold(of: Segments): Held {
    const gl = this.gl!, buffer = gl.createBuffer()!;
    gl.bindVertexArray(null);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, of.data, gl.STATIC_DRAW);
    // Every record is there twice: a point takes the first of the two, a line both.
    const [array, lines] = [WORDS * 8, WORDS * 4].map((stride) => {
      const made = gl.createVertexArray()!;
      gl.bindVertexArray(made);
      for (const slot of [0, 1, 2]) gl.enableVertexAttribArray(slot);
      gl.vertexAttribPointer(0, 2, gl.FLOAT, false, stride, 0);
      gl.vertexAttribPointer(1, 4, gl.FLOAT, false, stride, 8);
      gl.vertexAttribIPointer(2, 2, gl.UNSIGNED_INT, stride, 24);
      return made;
    });
    gl.bindVertexArray(null);
    return {array: array!, lines: lines!, buffer, of: {...of, data: new ArrayBuffer(0)}};
  }
  setColumns(columns: Columns) {
    this.columns = columns;
    if (!this.gl) return;
    this.drop(this.all); this.drop(this.mine);
    this.mine = undefined;
    this.all = this.hold(segments(columns));
    this.map?.triggerRepaint();
  }
  /** Four bytes a vessel: its colour, and 0 = hidden, 128 = shown, 255 = shown larger. */
  setLooks(looks: Uint8Array) {
    this.pending = looks;
    const gl = this.gl;
    if (!gl) return;
    const height = Math.max(1, Math.ceil(looks.length / 4 / LOOK_WIDTH)), all = new Uint8Array(LOOK_WIDTH * height * 4);
    all.set(looks);
    this.looks ??= gl.createTexture()!;
    gl.bindTexture(gl.TEXTURE_2D, this.looks);
    takeBytesAsTheyLie(gl);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, LOOK_WIDTH, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, all);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    this.map?.triggerRepaint();
  }
  render(context: WebGL2RenderingContext | WebGLRenderingContext, input: CustomRenderMethodInput) {
    const gl = context as WebGL2RenderingContext, map = this.map;
    const {columns, all} = this;
    if (!columns?.rows || !all || !this.looks || !map) return;
    const matrix = new Float32Array(input.defaultProjectionData.mainMatrix as unknown as ArrayLike<number>);
    const bounds = map.getBounds(), zoom = map.getZoom(), ratio = devicePixelRatio || 1;
    // Each copy of the world in sight, so that a track over the antimeridian is whole from either side.
    const copies: number[] = [];
    for (let k = Math.floor((bounds.getWest() + 180) / 360); k <= Math.floor((bounds.getEast() + 180) / 360); k++) copies.push(k);
    if (copies.length && bounds.getEast() - bounds.getWest() < 359) { copies.unshift(copies[0]! - 1); copies.push(copies.at(-1)! + 1); }
    // One with nothing in sight is skipped by its extent, not drawn and clipped.
    const worlds = copies.filter((k) => this.inSight(k, bounds.getWest(), bounds.getEast()));
    gl.disable(gl.DEPTH_TEST); gl.disable(gl.STENCIL_TEST); gl.disable(gl.CULL_FACE);
    gl.enable(gl.BLEND); gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.activeTexture(gl.TEXTURE0); gl.bindTexture(gl.TEXTURE_2D, this.looks);
    const usual = Math.max(7, Math.min(26, 6 + zoom * 1.7)) * ratio, size = Math.max(SMALLEST * ratio, Math.min(usual, Math.sqrt((MOST_COVERED * gl.drawingBufferWidth * gl.drawingBufferHeight) / this.inSightNow(columns))));
    const dots = size < ARROW * ratio, bold = dots ? Math.max(size * 2, 5 * ratio) : size * 1.25;
    const draw = (name: string, array: WebGLVertexArrayObject, run: () => void, mine = 0) => {
      const {of, at} = this.programs[name]!;
      gl.useProgram(of); gl.bindVertexArray(array);
      gl.uniformMatrix4fv(at.matrix!, false, matrix);
      gl.uniform1f(at.time!, this.time); gl.uniform1f(at.trail!, this.trail); gl.uniform1i(at.chosen!, this.chosen); gl.uniform1i(at.looks!, 0);
      gl.uniform1f(at.from!, this.from); gl.uniform1f(at.until!, this.until); gl.uniform1i(at.mine!, mine);
      gl.uniform1f(at.size!, size); gl.uniform1f(at.bold!, bold); gl.uniform1f(at.dashes!, 2 ** zoom / 22);
      gl.uniform3fv(at.rim!, this.rim); gl.uniform3fv(at.silence!, this.silence);
      for (const k of worlds) {
        gl.uniform1f(at.world!, k);
        run();
      }
    };
    if (this.trail > 0) {
      const [first, count] = all.of.run(this.time - this.trail - SILENCE_S, this.time);
      if (count) draw('lines', all.lines, () => gl.drawArrays(gl.LINES, first * 2, count * 2));
    }
    if (this.chosen >= 0) {
      if (this.mine?.vessel !== this.chosen) { this.drop(this.mine); this.mine = {...this.hold(segments(columns, this.chosen)), vessel: this.chosen}; }
      draw('lines', this.mine.lines, () => gl.drawArrays(gl.LINES, 0, this.mine!.of.rows * 2), 1);
    }
    if (dots && this.crowd && this.pending) {
      this.crowd.draw(columns, this.pending, {time: this.time, chosen: this.chosen, matrix, copies: worlds, size, bold});
    } else {
      const [first, count] = all.of.run(this.time - SILENCE_S, this.time), silences = all.of.rows - all.of.long;
      draw(dots ? 'dots' : 'arrows', all.array, () => {
        if (silences) gl.drawArrays(gl.POINTS, all.of.long, silences);
        if (count) gl.drawArrays(gl.POINTS, first, count);
      });
    }
    gl.bindVertexArray(null);
  }
  private sight = {asked: 0, vessels: 1};
  /** About how many vessels are in sight, from a sample of them, four times a second at most. */
  private inSightNow(c: Columns): number {
    if (performance.now() - this.sight.asked < 250) return this.sight.vessels;
    const bounds = this.map!.getBounds(), middle = this.map!.getCenter().lng, step = Math.max(1, Math.floor(c.vessels / 1500));
    let found = 0;
    for (let v = 0; v < c.vessels; v += step) {
      if (!this.pending?.[v * 4 + 3]) continue;
      const at = placeAt(c, v, this.time), lon = at ? unwrap(at.lon, middle) : 0;
      if (at && at.lat > bounds.getSouth() && at.lat < bounds.getNorth() && lon > bounds.getWest() && lon < bounds.getEast()) found++;
    }
    this.sight = {asked: performance.now(), vessels: Math.max(1, found * step)};
    return this.sight.vessels;
  }
  private extent?: {of: Columns; west: number; east: number};
  private inSight(copy: number, west: number, east: number) {
    if (this.extent?.of !== this.columns) {
      let w = 180, e = -180;
      for (const lon of this.columns!.lon) { if (lon < w) w = lon; if (lon > e) e = lon; }
      this.extent = {of: this.columns!, west: w, east: e};
    }
    // A way over the antimeridian leaves its own copy by at most its own length.
    const over = this.extent!.east - this.extent!.west > 180 ? 180 : 1;
    return this.extent!.west + copy * 360 - over <= east && this.extent!.east + copy * 360 + over >= west;
  }
}
