// A strawberry cream cake on a stand, a few slices taken.
#version 3.7;
#declare FILL = 0.5;
#include "kitchen.inc"

Camera(<0.3, 8.5, -9.0>, <0.05, 1.72, 0>, 44, <0, 2.2, -1.9>, 0.22)
Daylight(1.0, srgb <1,0.97,0.94>)
Wall(11, srgb <0.60,0.67,0.68>)
plane { y, 0 Wood(srgb <0.66,0.50,0.36>, srgb <0.38,0.25,0.16>, 3.3) rotate y*72 translate <0.6,0,0.4> }

#declare R = 2.25;  // of the sponge
#declare Y0 = 1.0;  // top of the stand
#declare H = 1.75;  // height of the sponge

// The stand
lathe { cubic_spline 17,
  <-0.5,0.97>, <0.0,0.97>, <1.0,0.97>, <2.6,0.98>, <2.95,1.06>, <3.05,1.10>, <3.03,1.03>, <2.6,0.87>, <1.0,0.82>, <0.45,0.72>, <0.28,0.45>, <0.34,0.22>, <0.8,0.10>, <1.35,0.05>, <1.45,0.0>, <0.0,0.0>, <-0.5,0>
  pigment { srgb <0.93,0.94,0.93> } finish { diffuse 0.78 specular 0.5 roughness 0.008 reflection { 0.02, 0.25 falloff 4 } } }

// The wedge that is missing, towards the camera.
#declare WA = 248; #declare WB = 312;
#macro Dir(A) <cos(radians(A)), 0, sin(radians(A))> #end
#declare Wedge = prism { linear_spline -0.5, 5, 5, <0,0>, <6*cos(radians(WA)), 6*sin(radians(WA))>, <7*cos(radians(280)), 7*sin(radians(280))>, <6*cos(radians(WB)), 6*sin(radians(WB))>, <0,0> }

#declare SpongeTex = texture {
  pigment { granite scale 0.55 color_map { [0 srgb <0.70,0.48,0.22>] [0.25 srgb <0.89,0.71,0.40>] [0.6 srgb <0.96,0.82,0.52>] [1 srgb <0.98,0.88,0.62>] } }
  normal { average normal_map { [1 granite 0.55 scale 0.35] [1 bumps 0.6 scale 0.05] } }
  finish { diffuse 0.85 } }
#declare CreamTex = texture {
  pigment { srgb <0.975,0.945,0.89> }
  normal { average normal_map { [1 bumps 0.30 scale <0.9,0.18,0.9>] [0.6 wrinkles 0.25 scale <0.8,0.12,0.8>] } }
  finish { diffuse 0.84 specular 0.12 roughness 0.06 } }
#declare JamTex = texture { pigment { bozo scale 0.15 color_map { [0 srgb <0.55,0.03,0.06>] [1 srgb <0.78,0.10,0.12>] } } normal { bumps 0.5 scale 0.1 } finish { diffuse 0.8 specular 0.5 roughness 0.02 } }

#macro Layer(A, B, Rad, Wavy) // a flat cylinder whose edges undulate when cut
  difference { cylinder { y*A, y*B, Rad } object { Wedge } }
#end
union {
  #for (K,0,2)
    #local B0 = Y0 + K*(H/3);
    object { Layer(B0+0.001, B0+H/3-0.17, R, 0) texture { SpongeTex translate K*7 } }
    #if (K < 2)
      object { Layer(B0+H/3-0.17, B0+H/3-0.055, R+0.006, 0) texture { CreamTex } }
      object { Layer(B0+H/3-0.055, B0+H/3+0.001, R+0.004, 0) texture { JamTex } }
    #else object { Layer(B0+H/3-0.171, B0+H/3, R, 0) texture { SpongeTex translate 30 } } #end
  #end
  // cream all round: a rounded outside
  difference {
    merge { cylinder { y*Y0, y*(Y0+H), R+0.14 } cylinder { y*Y0, y*(Y0+H+0.13), R+0.01 } torus { R+0.01, 0.13 translate y*(Y0+H) } }
    cylinder { y*(Y0-1), y*(Y0+H-0.001), R-0.001 }
    object { Wedge scale <1,1,1> }
    texture { CreamTex } }
}
// A swirl of piped cream: a twisted, star-shaped cone.
#declare Star = function(u) { 1+0.17*cos(2*pi*u*7) }
#declare SwR = function(v) { 0.33*(pow(max(0,1-v),0.62)*(1+0.30*sin(v*pi*2.0))) }
#declare SX = function(u,v) { SwR(v)*Star(u)*cos(2*pi*(u+v*0.45)) }
#declare SZ = function(u,v) { SwR(v)*Star(u)*sin(2*pi*(u+v*0.45)) }
#declare SY = function(u,v) { 0.46*v }
#declare Swirl = object { Surface(SX, SY, SZ, 84, 28) pigment { srgb <0.98,0.95,0.90> } finish { diffuse 0.86 specular 0.12 roughness 0.06 } }

// A strawberry, point up.
#declare BR = function(v) { 0.36*pow(sin(pi*min(1,0.04+0.96*pow(max(0,v),0.75))),0.62)*(1-0.30*v) }
#declare BX = function(u,v) { BR(v)*cos(2*pi*u) }
#declare BZ = function(u,v) { BR(v)*sin(2*pi*u) }
#declare BY = function(u,v) { 0.86*v }
#declare Skin = object { Surface(BX, BY, BZ, 36, 36) }
#macro Strawberry(Seed)
  union {
    object { Skin pigment { gradient y color_map { [0 srgb <0.88,0.30,0.20>] [0.14 srgb <0.84,0.10,0.08>] [1 srgb <0.74,0.04,0.06>] } scale 0.86 }
      normal { crackle 0.5 form <1,0,0> scale 0.11 } finish { diffuse 0.82 specular 0.6 roughness 0.015 reflection { 0, 0.14 falloff 3 } } }
    #for (J,1,8) #local V = 0.06+J*0.1; #local M = int(BR(V)*2*pi/0.155);
      #for (I,0,M-1) #local U = (I+0.5*mod(J,2)+Seed*0.13)/M;
        sphere { 0, 1 scale <0.012,0.026,0.012> translate <BX(U,V)*1.0, BY(U,V), BZ(U,V)*1.0> pigment { srgb <0.93,0.76,0.34> } finish { diffuse 0.8 specular 0.3 } }
      #end
    #end
  }
#end
#declare Berry = Strawberry(1)
#declare Top = Y0+H+0.12;
// a ring of swirls, each second one carrying a strawberry
#declare N = 14;
#for (I,0,N-1)
  #local A = 280 + (I+0.5)*360/N;
  #if (A-360*int(A/360) < WA-6 | A-360*int(A/360) > WB+6)
    object { Swirl rotate y*I*31 scale <1.12,0.95,1.12> translate Dir(A)*(R-0.30)+y*Top }
  #end
#end
// the middle: strawberries in a heap
#local S = seed(12);
#for (I,0,10)
  #local A = I*360/11+14; #local D = 0.98+0.09*sin(I*3);
  #if (A < WA-14 | A > WB+14)
    object { Berry rotate <10*sin(I*4),I*50,0> rotate x*14 rotate y*(90-A+180) scale 0.92 translate Dir(A)*D+y*(Top-0.04) } #end
#end
#for (I,0,4)
  #local A = I*72+ 62;
  #if (A < WA-8 | A > WB+8) object { Berry rotate y*I*70 scale 0.96 rotate <9*sin(I*7),0,9*cos(I*4)> translate Dir(A)*0.42+y*(Top+0.02) } #end
#end
object { Leaf(0.55, 0.34, 0.08, srgb <0.22,0.46,0.14>) rotate <0,200,10> translate <0.35, Top+0.75, 0.1> }
object { Leaf(0.48, 0.30, 0.08, srgb <0.24,0.48,0.15>) rotate <0,320,14> translate <0.32, Top+0.75, 0.1> }
// one strawberry on the stand
object { Berry rotate x*-96 rotate y*35 scale 1.0 translate <0.35, Y0+0.33, -2.35> }
