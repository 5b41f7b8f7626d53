// A bowl of rice with peas, sesame and spring onion, chopsticks beside it. Not one of the detector's ten foods.
#version 3.7;
#declare FILL = 0.4;
#include "kitchen.inc"
Camera(<0.2, 6.4, -7.4>, <0.1, 0.75, 0.0>, 38, <0, 1.6, -1.2>, 0.24)
Daylight(0.85, srgb <1,0.97,0.93>)
plane { y, 0 Wood(srgb <0.44,0.34,0.27>, srgb <0.24,0.16,0.11>, 3.4) rotate y*71 translate <0.6,0,0.4> }
#declare R = 2.0; #declare RimY = 1.55;
lathe { cubic_spline 16,
  <-0.3,0.35>, <0.0,0.35>, <0.8,0.42>, <1.45,0.80>, <1.85,1.30>, <1.97,1.55>, <2.02,1.60>, <2.07,1.56>, <1.97,1.22>, <1.58,0.62>, <1.0,0.22>, <0.85,0.12>, <0.85,0.0>, <0.72,0.0>, <0.0,0.08>, <-0.2,0.08>
  pigment { gradient y color_map { [0 srgb <0.88,0.89,0.86>] [0.20 srgb <0.89,0.90,0.87>] [0.215 srgb <0.20,0.34,0.48>] [0.62 srgb <0.24,0.40,0.55>] [0.635 srgb <0.89,0.90,0.87>] [1 srgb <0.90,0.91,0.88>] } scale 1.75 }
  normal { bumps 0.05 scale 0.3 } finish { diffuse 0.78 specular 0.5 roughness 0.01 reflection { 0.02, 0.25 falloff 4 } } }

// Rice: a mound of grains, each resting on the mound's surface.
#declare Mound = function(x,z) { 1.27 + 0.58*max(0, 1-pow((x*x+z*z)/(1.75*1.75), 1.1)) + 0.10*(Noise(x*1.5, 3, z*1.5).red-0.5) }
#declare Grain1 = union {
  sphere { 0, 1 scale <0.135, 0.048, 0.050> }
  texture { pigment { gradient x color_map { [0 srgb <0.91,0.87,0.78>] [0.5 srgb <0.95,0.93,0.87>] [1 srgb <0.93,0.90,0.83>] } scale 0.25 translate x*0.125 }
    finish { diffuse 0.88 specular 0.30 roughness 0.03 } } }
#declare S = seed(41);
union {
  #declare I = 0;
  #while (I < 5200)
    #declare D = 1.70*sqrt(rand(S)); #declare A = 2*pi*rand(S);
    #declare X = D*cos(A); #declare Z = D*sin(A);
    object { Grain1 rotate z*(rand(S)-0.5)*75 rotate y*rand(S)*360 translate <X, Mound(X,Z)+(rand(S)-0.6)*0.12, Z> }
    #declare I = I+1;
  #end
}
cylinder { <0,0.7,0>, <0,1.14,0>, 1.5 pigment { srgb <0.92,0.90,0.83> } }
// peas
union {
  #declare I = 0;
  #while (I < 46)
    #declare D = 1.35*sqrt(rand(S)); #declare A = 2*pi*rand(S);
    #declare X = D*cos(A)+0.05; #declare Z = D*sin(A)-0.1;
    sphere { 0, 0.112+0.014*rand(S) scale <1,0.94,1> translate <X, Mound(X,Z)+0.09, Z>
      pigment { rgb <0.115,0.30,0.03>*(0.8+0.5*rand(S)) } normal { bumps 0.25 scale 0.07 } finish { diffuse 0.82 specular 0.4 roughness 0.03 } }
    #declare I = I+1;
  #end
}
// spring onion rings and black sesame
union {
  #declare I = 0;
  #while (I < 34)
    #declare D = 1.4*sqrt(rand(S)); #declare A = 2*pi*rand(S);
    #declare X = D*cos(A); #declare Z = D*sin(A);
    difference { cylinder { -y*0.04, y*0.04, 0.115 } cylinder { -y, y, 0.08 }
      pigment { rgb <0.25,0.50,0.10>*(0.6+0.7*rand(S)) } finish { diffuse 0.82 specular 0.2 }
      rotate <(rand(S)-0.5)*80, 0, (rand(S)-0.5)*80> translate <X, Mound(X,Z)+0.12, Z> }
    #declare I = I+1;
  #end
  #declare I = 0;
  #while (I < 120)
    #declare D = 1.6*sqrt(rand(S)); #declare A = 2*pi*rand(S);
    #declare X = D*cos(A); #declare Z = D*sin(A);
    sphere { 0, 1 scale <0.045,0.02,0.026> rotate y*rand(S)*360 translate <X, Mound(X,Z)+0.07, Z> pigment { srgb <0.10,0.08,0.07> } finish { diffuse 0.8 specular 0.3 } }
    #declare I = I+1;
  #end
}
// chopsticks on a folded cloth
#declare Stick = cone { <-2.9,0,0>, 0.085, <2.6,0,0>, 0.05 pigment { gradient x color_map { [0 srgb <0.32,0.07,0.05>] [0.26 srgb <0.36,0.08,0.05>] [0.27 srgb <0.12,0.06,0.04>] [1 srgb <0.12,0.06,0.04>] } scale 6 translate x*-3 } finish { diffuse 0.8 specular 0.5 roughness 0.02 reflection { 0, 0.12 falloff 3 } } }
object { Stick rotate <0,-58,0> translate <2.72, 0.17, -0.4> }
object { Stick rotate <0,-63,0> translate <3.02, 0.17, -0.35> }
#declare CX = function(u,v) { 2.0*(u-0.5) } #declare CZ = function(u,v) { 4.6*(v-0.5) } #declare CY = function(u,v) { 0.055+0.035*Noise(u*3, 1, v*5).red+0.012*sin(v*19+u*3) }
object { Surface(CX, CY, CZ, 40, 60) rotate y*27 translate <2.75,0,-0.4>
  pigment { gradient z color_map { [0 srgb <0.78,0.74,0.66>] [0.44 srgb <0.80,0.76,0.68>] [0.46 srgb <0.30,0.40,0.50>] [0.54 srgb <0.30,0.40,0.50>] [0.56 srgb <0.80,0.76,0.68>] [1 srgb <0.78,0.74,0.66>] } scale 1.15 rotate y*27 }
  normal { quilted 0.3 control0 0.5 control1 0.5 scale 0.05 rotate y*27 } finish { diffuse 0.85 } }
